package io.ftpalg.server.inspect.tee;

import java.io.IOException;

/** One copy that is being written. Used by one thread at a time; blocks. */
interface CopyTarget {

    /** Appends bytes, which stay as they are. */
    void write(byte[] bytes) throws IOException;

    /** Gives the copy its name: it is whole from now on. */
    void finish() throws IOException;

    /** Removes what there is of it, finished or not. */
    void discard() throws IOException;
}
