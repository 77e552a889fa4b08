package io.ftpalg.http;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;

/** The status of a response for a negative reply, by what was asked for: as FTP has it, and as HTTP clients act on it. */
final class ReplyStatus {
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final int NO_STORAGE = 507;

    private ReplyStatus() {}

    /** Returns the status where no user was asked for yet, and where nothing better is known. */
    static int of(FtpReply reply) {
        if (reply.equals(Replies.SERVER_SILENT)
                || reply.equals(Replies.LOGIN_TOO_SLOW)
                || reply.equals(Replies.NOT_DECIDED)) {
            return GATEWAY_TIMEOUT;
        }
        if (reply.equals(Replies.SHUTTING_DOWN)
                || reply.equals(Replies.TOO_MANY_SESSIONS)
                || reply.equals(Replies.TOO_MUCH_WAITING)) {
            return UNAVAILABLE;
        }
        return isDenied(reply) ? FORBIDDEN : BAD_GATEWAY;
    }

    /** The gateway's own rules: no other user or password helps. */
    private static boolean isDenied(FtpReply reply) {
        return reply.equals(Replies.NOT_ALLOWED)
                || reply.equals(Replies.ANONYMOUS_ONLY)
                || reply.equals(Replies.TLS_DEMANDED)
                || reply.equals(Replies.DATA_TLS_DEMANDED);
    }

    /** Returns the status where a user or a password was refused. */
    static int ofLogin(FtpReply reply) {
        int status = of(reply);
        boolean wanted = reply.code() == 530 || reply.code() == 430 || reply.code() == 332 || reply.code() == 331;
        return wanted && status == BAD_GATEWAY ? UNAUTHORIZED : status;
    }

    /** Returns the status where a file or directory was refused. */
    static int ofFile(FtpReply reply) {
        int status = of(reply);
        if (status != BAD_GATEWAY) {
            return status;
        }
        return switch (reply.code()) {
            case 450, 550 -> NOT_FOUND;
            case 530, 532, 533, 534, 553 -> FORBIDDEN;
            case 452, 552 -> NO_STORAGE;
            default -> status;
        };
    }

    /** Returns the same where something was to be stored, which no missing file can prevent. */
    static int ofStore(FtpReply reply) {
        int status = ofFile(reply);
        return status == NOT_FOUND ? FORBIDDEN : status;
    }
}
