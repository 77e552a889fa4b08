package io.ftpalg.session.login;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.exchange.ClientHost;
import io.ftpalg.session.exchange.CommandRule;
import io.ftpalg.session.exchange.SessionContext;
import java.util.Optional;

/** HOST (RFC 7151): the client's name for the gateway, where routes depend on it; never forwarded. */
public final class HostRule implements CommandRule {

    @Override
    public void apply(FtpCommand command, SessionContext session) {
        Optional<String> host = ClientHost.parse(command.argument().strip());
        if (!session.settings().router().takesHosts()) {
            session.clientReplies().answer(Replies.NOT_ALLOWED);
        } else if (session.state() != SessionState.NO_SERVER
                || session.proxyLogin().hasBegun()) {
            session.clientReplies().answer(Replies.HOST_TOO_LATE);
        } else if (host.isEmpty() || command.hasControlBytes()) {
            session.clientReplies().answer(Replies.BAD_ARGUMENT);
        } else if (session.host().contradicts(host.get())
                || !session.settings().router().knowsHost(host.get())) {
            session.clientReplies().answer(Replies.HOST_UNKNOWN);
        } else {
            session.host().said(host.get());
            session.clientReplies().answer(Replies.HOST_OK);
        }
    }
}
