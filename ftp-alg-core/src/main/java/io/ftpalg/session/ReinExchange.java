package io.ftpalg.session;

import io.ftpalg.protocol.FtpCommand;

/** REIN: the server forgets the user, and so does the gateway, with all that was agreed (RFC 959 section 4.1.1). */
final class ReinExchange extends PassThroughExchange {

    ReinExchange(FtpSession session, FtpCommand command) {
        super(session, command);
    }

    @Override
    void onAnswered(int code) {
        if (code / 100 == 2) {
            session.data().drop();
            session.data().epsvAll(false);
            session.login().forget();
        }
        super.onAnswered(code);
    }
}
