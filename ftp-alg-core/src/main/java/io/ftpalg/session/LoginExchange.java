package io.ftpalg.session;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;

/** USER, PASS or ACCT at the server: its answer tells whether the login is accepted. */
final class LoginExchange extends PassThroughExchange {

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
        if (!session.login().onAnswer(command.verb(), code)) {
            super.onAnswered(code);
        }
    }
}
