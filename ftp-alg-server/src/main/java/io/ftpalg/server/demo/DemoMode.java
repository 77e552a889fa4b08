package io.ftpalg.server.demo;

import org.apache.commons.net.ftp.FTPReply;

/** How the client agrees data ports. */
enum DemoMode {
    PASV,
    EPSV,
    PORT,
    EPRT;

    boolean passive() {
        return this == PASV || this == EPSV;
    }

    /** Returns the code of the reply that names the data port, or -1 if the command does. */
    int replyCode() {
        return switch (this) {
            case PASV -> FTPReply.ENTERING_PASSIVE_MODE;
            case EPSV -> FTPReply.ENTERING_EPSV_MODE;
            case PORT, EPRT -> -1;
        };
    }
}
