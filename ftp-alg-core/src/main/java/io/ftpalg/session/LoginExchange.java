package io.ftpalg.session;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import java.util.Optional;

/** USER, PASS or ACCT at the server: its answer tells whether the login is accepted. */
class LoginExchange extends PassThroughExchange {

    LoginExchange(FtpSession session, FtpCommand command) {
        super(session, command);
    }

    @Override
    void start() {
        if (command.verb() == FtpVerb.USER) {
            session.login().begin(command.argument());
        }
        super.start();
    }

    @Override
    void onAnswered(int code) {
        if (code / 100 == 2) {
            session.login().accept();
        } else if (command.verb() == FtpVerb.USER && code / 100 == 3) {
            session.login().forget();
        } else if (command.verb() == FtpVerb.PASS && code / 100 == 5 && session.login().countFailure()) {
            session.close(CloseCause.TOO_MANY_LOGINS, "", Optional.of(Replies.TOO_MANY_LOGINS));
            return;
        }
        super.onAnswered(code);
    }
}
