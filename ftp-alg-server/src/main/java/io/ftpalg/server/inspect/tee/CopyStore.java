package io.ftpalg.server.inspect.tee;

import java.io.IOException;

/** Where copies are written. Used by several threads; blocks. */
interface CopyStore extends AutoCloseable {

    /** Returns what the log calls it. */
    String place();

    /** Returns how many threads write copies. */
    int threads();

    /** Returns how many bytes one copy may have in memory. */
    long memoryOfCopy();

    /** Begins the copy of a file. */
    CopyTarget create(CopiedFile file) throws IOException;

    /** Appends a line to the manifest of the file's day. */
    void record(CopiedFile file, String line) throws IOException;

    @Override
    void close();
}
