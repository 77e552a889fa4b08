package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.nio.file.Path;

/** A client that runs as a program of its own, and can be interrupted in a transfer as by a user's Ctrl-C. */
interface Interruptible extends FtpClient {

    /**
     * Tells whether Ctrl-C in an upload looks other than the end of the file: BSD's ftp and ncftp close the data
     * connection in order, and a server without a gateway says 226 too.
     */
    boolean abortsUploads();

    /** Starts a session with this one transfer; the caller closes the program. */
    Program start(Path folder, Target target, DataSyntax syntax, Step transfer);
}
