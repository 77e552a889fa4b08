package io.ftpalg.server.audit.sink;

import java.io.IOException;

/** Another process writes to the file; it may be about to leave it to this one, as in a replacement of the program. */
final class InUseException extends IOException {
    private static final long serialVersionUID = 1L;

    InUseException(String message) {
        super(message);
    }
}
