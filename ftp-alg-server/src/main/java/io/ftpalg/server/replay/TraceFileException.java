package io.ftpalg.server.replay;

/** A file is no trace that can be replayed; the message is one line with the file, the line and the column. */
public final class TraceFileException extends Exception {
    private static final long serialVersionUID = 1L;

    TraceFileException(String message) {
        super(message);
    }
}
