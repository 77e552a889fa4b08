package io.ftpalg;

import java.io.IOException;

/** The gateway could not start; the message names the address and what is wrong with it. */
public final class FtpAlgException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public FtpAlgException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Makes the exception where nothing else failed. */
    FtpAlgException(String message) {
        super(message);
    }
}
