package io.ftpalg.session.exchange;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The download that was rejected for its content just before. Its client got 451, since nothing else may follow the mark (RFC 959 section
 * 5.4), and some repeat what gets that for ever: the same RETR gets 550 once, before its data. Owned by the session.
 */
public final class RejectedDownload {
    /** What clients send between two transfers of the same file. */
    private static final Set<FtpVerb> BETWEEN = EnumSet.of(
            FtpVerb.TYPE,
            FtpVerb.MODE,
            FtpVerb.STRU,
            FtpVerb.REST,
            FtpVerb.SIZE,
            FtpVerb.MDTM,
            FtpVerb.NOOP,
            FtpVerb.PWD);

    private Optional<FtpCommand> last = Optional.empty();
    private String text = "";

    /** A download was rejected, and its client is sent a reply with this text. */
    public void onRejected(FtpCommand download, String reply) {
        last = Optional.of(download);
        text = reply;
    }

    /** The server replied to a command that is no transfer. */
    public void onReply(FtpCommand command) {
        if (!BETWEEN.contains(command.verb())) {
            last = Optional.empty();
        }
    }

    /** Returns the reply to a transfer that comes next, if it is the same. */
    public Optional<FtpReply> refusal(FtpCommand transfer) {
        boolean same = last.filter(transfer::equals).isPresent();
        last = Optional.empty();
        return same ? Optional.of(FtpReply.of(550, text)) : Optional.empty();
    }
}
