package io.ftpalg.codec;

import io.netty.handler.codec.DecoderException;

/** A peer does not speak FTP; carries no stack, since peers cause it, and no byte of what the peer sent. */
public abstract sealed class FtpCodecException extends DecoderException permits FtpCodecException.TooManyJunkLines {
    private static final long serialVersionUID = 1L;

    FtpCodecException(String message) {
        super(message);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // does nothing that could race
    public final Throwable fillInStackTrace() {
        return this;
    }

    /** A server sent more lines that belong to no reply than are tolerated; whatever it sends after them is dropped. */
    public static final class TooManyJunkLines extends FtpCodecException {
        private static final long serialVersionUID = 1L;

        TooManyJunkLines() {
            super("too many lines in a row that are no FTP reply");
        }
    }
}
