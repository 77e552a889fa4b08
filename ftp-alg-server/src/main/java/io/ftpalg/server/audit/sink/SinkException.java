package io.ftpalg.server.audit.sink;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A sink cannot be used as it is configured; the message has the thing, the fact and the remedy. */
public final class SinkException extends Exception {
    private static final long serialVersionUID = 1L;

    SinkException(String message) {
        super(message);
    }

    /** Returns the message of an error, which of a file is only its name in some. */
    static String text(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or directory";
        }
        String message = String.valueOf(e.getMessage());
        return e instanceof FileSystemException || message.length() > 3 && e.getClass() == IOException.class
                ? message
                : e.getClass().getSimpleName() + ": " + message;
    }
}
