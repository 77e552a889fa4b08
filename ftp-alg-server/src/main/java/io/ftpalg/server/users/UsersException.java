package io.ftpalg.server.users;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Users cannot be read; the message is one line that names the file or the server, and why. */
public final class UsersException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes one with that message. */
    public UsersException(String message) {
        super(message);
    }

    /** Makes one with that message, for which something else was thrown. */
    UsersException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Makes one for a file that cannot be read. */
    static UsersException unreadable(Path file, IOException cause) {
        String why = cause instanceof NoSuchFileException
                ? "there is no such file"
                : cause instanceof AccessDeniedException
                        ? "may not be read"
                        : "cannot be read (" + cause.getMessage() + ")";
        return new UsersException(file + ": " + why, cause);
    }
}
