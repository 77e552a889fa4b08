package io.ftpalg.session;

import io.ftpalg.policy.LoginTarget;
import io.ftpalg.policy.Router;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.Replies;

/** USER: for the present server, or, in forward mode, the name of the server to go to. */
final class UserRule implements CommandRule {

    @Override
    public void apply(FtpCommand command, FtpSession session) {
        Router router = session.settings().router();
        if (session.login().lacksTls(user(command.argument()))) {
            session.voice().answer(Replies.TLS_DEMANDED);
            return;
        }
        session.events().user(command.argument());
        session.data().drop();
        if (router.needsLogin() && command.argument().indexOf('@') >= 0) {
            session.open(new ConnectExchange(session, command));
        } else if (session.state().hasServer()) {
            session.open(new LoginExchange(session, command));
        } else {
            session.voice().answer(Replies.NOT_LOGGED_IN);
        }
    }

    /** A login may name its server too. */
    private static String user(String login) {
        return LoginTarget.parse(login).map(LoginTarget::user).orElse(login);
    }
}
