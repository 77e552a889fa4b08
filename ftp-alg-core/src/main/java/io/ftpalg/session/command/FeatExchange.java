package io.ftpalg.session.command;

import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.exchange.WholeReplyExchange;
import io.ftpalg.session.transfer.WholeFiles;
import java.util.Set;

/** FEAT: the server's list, rebuilt; the gateway's own where the server has none. */
public final class FeatExchange extends WholeReplyExchange {
    public FeatExchange(SessionContext session, FtpCommand command) {
        super(session, command);
    }

    @Override
    protected void onReply(FtpReply reply) {
        boolean unknown = reply.code() == 500 || reply.code() == 502;
        Set<String> withheld = WholeFiles.withheldFeatures(session);
        if (session.settings().transfers().inspects(session.filterContext())) {
            // MODE Z: what is compressed cannot be inspected.
            withheld.add(FtpVerb.MODE.name());
        }
        ClientTls tls = session.settings().clientTls();
        session.clientReplies()
                .send(
                        reply.isPositive()
                                ? Features.rebuilt(reply, tls, withheld)
                                : unknown ? Features.own(tls) : reply);
        session.finish(this);
    }
}
