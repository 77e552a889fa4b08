package io.ftpalg.server.inspect.scan;

import io.ftpalg.policy.inspect.Inspection;

/** The scan of one file. */
public interface Scan extends Inspection {

    /** Returns what came of it so far. Any thread. */
    Result result();

    /** What came of a scan. */
    enum Result {
        PASSED,
        REJECTED,
        /** The scanner did not scan the file to its end. */
        FAILED,
        /** The transfer ended before. */
        UNFINISHED
    }
}
