package io.ftpalg.session.login;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.command.Features;
import io.ftpalg.session.exchange.CommandRule;
import io.ftpalg.session.exchange.SessionContext;
import java.util.Optional;

/** Replies for the gateway itself while the client has not named a server yet. */
public final class NoServerRule implements CommandRule {

    @Override
    public void apply(FtpCommand command, SessionContext session) {
        FtpVerb verb = command.verb();
        switch (verb) {
            case QUIT -> session.close(CloseCause.QUIT, "", Optional.of(Replies.GOODBYE));
            case NOOP -> session.clientReplies().answer(Replies.OK);
            case SYST -> session.clientReplies().answer(Replies.SYSTEM);
            case HELP -> session.clientReplies().answer(Replies.HELP);
            case FEAT -> {
                ClientTls tls = session.settings().clientTls();
                session.clientReplies()
                        .answer(
                                session.settings().router().takesHosts()
                                        ? Features.ownWithHost(tls)
                                        : Features.own(tls));
            }
            case OPTS, CLNT, LANG ->
                session.clientReplies().answer(session.prelude().keep(command) ? Replies.OK : Replies.BAD_ARGUMENT);
            case REIN -> {
                session.forgetClient();
                session.clientReplies().answer(Replies.FORGOTTEN);
            }
            case OTHER -> session.clientReplies().answer(Replies.NOT_ALLOWED);
            default -> session.clientReplies().answer(session.proxyLogin().hint());
        }
    }
}
