package io.ftpalg.protocol;

/**
 * A line from a client that is not an FTP command; it holds no byte of that line, so it can be logged and never echoed.
 *
 * @param flaw what is wrong with it
 */
public record MalformedCommand(Flaw flaw) implements FtpRequest {

    /** Why a line is not a command. */
    public enum Flaw {
        /** Longer than the limit; everything to the end of the line was dropped. */
        TOO_LONG(Replies.LINE_TOO_LONG),
        /** No verb, a verb that is not letters and digits, or something else than one space behind it. */
        BAD_VERB(Replies.BAD_COMMAND),
        /** A NUL, or a carriage return that does not end the line, inside the line. */
        CONTROL_BYTE(Replies.BAD_ARGUMENT),
        /** A request line or header of HTTP: a browser, or an attack through one. */
        HTTP(Replies.BAD_COMMAND),
        /** TLS from the first byte, on a connection in the clear. */
        TLS(Replies.BAD_COMMAND),
        /** The header of HAProxy's PROXY protocol, version 1 or 2, at the start of the connection. */
        PROXY(Replies.BAD_COMMAND);

        private final FtpReply reply;

        Flaw(FtpReply reply) {
            this.reply = reply;
        }

        /** Returns whether the client does not begin with FTP, so that nothing it sends is worth an answer. */
        public boolean beginsOtherProtocol() {
            return this == TLS || this == PROXY;
        }

        /** Returns the reply to the client. */
        public FtpReply reply() {
            return reply;
        }
    }

    @Override
    public int size() {
        return 1;
    }
}
