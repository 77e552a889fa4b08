package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.nio.file.Path;

/** A client that runs as a program of its own, and can be interrupted in a transfer as by a user's Ctrl-C. */
interface Interruptible extends FtpClient {

    /** Starts a session with this one transfer; the caller closes the program. */
    Program start(Path folder, Target target, DataSyntax syntax, Step transfer);
}
