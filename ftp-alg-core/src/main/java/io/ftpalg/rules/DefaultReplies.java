package io.ftpalg.rules;

import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;

/** The replies to denied commands where a rule has none; none repeats what the client sent. Stateless. */
final class DefaultReplies {
    static final FtpReply NO_PERMISSION = FtpReply.of(550, "Permission denied.");
    static final FtpReply NAME_NOT_ALLOWED = FtpReply.of(553, "File name not allowed.");
    static final FtpReply TOO_LARGE = FtpReply.of(552, "The file is larger than allowed.");
    static final FtpReply EXISTS = FtpReply.of(553, "The file exists, and may not be replaced.");
    static final FtpReply PATH_UNKNOWN = FtpReply.of(550, "Path not accepted; use a plain absolute path.");
    static final FtpReply IN_JAIL_ONLY = FtpReply.of(550, "Change to a directory first, such as /.");

    private DefaultReplies() {}

    /** Returns the reply to a command that a rule denies: 502 for verbs as such, 553 for names of uploads, else 550 (RFC 959 5.4). */
    static FtpReply of(FtpCommand command, Conditions when) {
        if (when.largerThan().isPresent()) {
            return TOO_LARGE;
        }
        Direction direction = Direction.of(command);
        if (direction == Direction.CONTROL || direction == Direction.ADMIN || isAboutVerb(when)) {
            return when.needPath() ? NO_PERMISSION : Replies.NOT_ALLOWED;
        }
        boolean newName = direction == Direction.UPLOAD || direction == Direction.RENAME;
        return newName && !when.names().isEmpty() ? NAME_NOT_ALLOWED : NO_PERMISSION;
    }

    private static boolean isAboutVerb(Conditions when) {
        return !when.verbs().isEmpty() && !when.needPath();
    }
}
