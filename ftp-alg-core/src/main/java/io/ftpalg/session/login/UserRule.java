package io.ftpalg.session.login;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.base.LoginName;
import io.ftpalg.session.exchange.CommandRule;
import io.ftpalg.session.exchange.SessionContext;

/** USER: for the present server where that is fixed from the start, else what the {@link LoginDialogue} makes of it. */
public final class UserRule implements CommandRule {

    @Override
    public void apply(FtpCommand command, SessionContext session) {
        if (command.hasControlBytes()) {
            session.clientReplies().answer(Replies.BAD_ARGUMENT);
            return;
        }
        LoginName name = session.proxyLogin().read(command.argument());
        if (session.login().lacksTls(name.user())
                || !name.proxyUser().isEmpty() && session.login().lacksTls(name.proxyUser())) {
            session.clientReplies().answer(Replies.TLS_DEMANDED);
            return;
        }
        session.events().user(name.user());
        session.data().drop();
        if (session.proxyLogin().isNeeded()) {
            new LoginDialogue(session).user(command, name);
        } else if (session.login().refusesUser(name.user())) {
            session.clientReplies().answer(Replies.ANONYMOUS_ONLY);
        } else if (session.state().hasServer()) {
            FtpCommand user = session.server()
                    .route()
                    .user()
                    .map(other -> FtpCommand.of(FtpVerb.USER, other))
                    .orElse(command);
            session.open(new LoginExchange(session, user));
        } else {
            session.clientReplies().answer(session.proxyLogin().hint());
        }
    }
}
