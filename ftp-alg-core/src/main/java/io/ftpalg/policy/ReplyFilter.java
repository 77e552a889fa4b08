package io.ftpalg.policy;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import java.util.Optional;

/**
 * Decides what the client receives in place of each reply, the server's and the gateway's own: to hide a banner, the answer
 * to SYST or a line of FEAT. Called on the session's event loop, once a reply, in order; a filter that throws ends its
 * session.
 *
 * <p>It decides at once and not later, unlike a {@link CommandFilter}, since data connections and TLS follow some replies in
 * the same turn. What the gateway itself does follows the reply as it was received: a filter changes what the client
 * reads and nothing else, so the text of 227 and 229 and the code of 234 must stay. With a filter each reply is gathered
 * before it is sent; lines beyond 1,000, or 64 KiB of text, are left out.
 */
@FunctionalInterface
public interface ReplyFilter {

    /**
     * Returns the reply that is sent: the same or another.
     *
     * @param reply what would be sent
     * @param command the last command that was dispatched, which this reply mostly belongs to; empty for greetings
     * @param session the session's context
     */
    FtpReply filter(FtpReply reply, Optional<FtpCommand> command, FilterContext session);

    /** Returns the filter that passes this one's result to the next. */
    default ReplyFilter and(ReplyFilter next) {
        return (reply, command, session) -> next.filter(filter(reply, command, session), command, session);
    }
}
