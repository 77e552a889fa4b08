package io.ftpalg.server.inspect.scan;

import java.time.Duration;

/** Receives what scanners decide. Any thread. */
public interface ScanListener {

    /** Does nothing. */
    ScanListener NONE = (scanner, result, waited) -> {};

    /**
     * A file was scanned; not called for empty ones.
     *
     * @param scanner the scanner, as the config file has it
     * @param waited how long its transfer waited for the scanner, all pieces and the verdict together
     */
    void scanned(String scanner, Scan.Result result, Duration waited);
}
