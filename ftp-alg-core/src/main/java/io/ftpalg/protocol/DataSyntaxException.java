package io.ftpalg.protocol;

/** A text that names no data port in the syntax it should; carries no stack, since peers cause it. */
public final class DataSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient FtpReply reply;

    DataSyntaxException(FtpReply reply) {
        super(reply.text(), null, false, false);
        this.reply = reply;
    }

    /** Returns the reply to the client. */
    public FtpReply reply() {
        return reply;
    }
}
