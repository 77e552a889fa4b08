package io.ftpalg.session.login;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.exchange.CommandRule;
import io.ftpalg.session.exchange.SessionContext;

/** PASS and ACCT: for the gateway where it asked, else for the server, once there is one. */
public final class PasswordRule implements CommandRule {

    @Override
    public void apply(FtpCommand command, SessionContext session) {
        if (session.proxyLogin().awaits(command)) {
            new LoginDialogue(session).password(command);
        } else if (session.login().lacksTls(session.login().user())) {
            session.clientReplies().answer(Replies.TLS_DEMANDED);
        } else if (session.state().hasServer()) {
            session.open(new LoginExchange(session, command));
        } else {
            session.clientReplies().answer(Replies.USER_FIRST);
        }
    }
}
