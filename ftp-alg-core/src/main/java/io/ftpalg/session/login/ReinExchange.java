package io.ftpalg.session.login;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.command.PassThroughExchange;
import io.ftpalg.session.exchange.SessionContext;

/**
 * REIN: the server logs the user out, and so does the gateway, with all that was agreed (RFC 959 section 4.1.1). TLS ends with
 * it, behind the reply; the server's side starts over where it was under TLS (RFC 4217 section 13).
 */
public final class ReinExchange extends PassThroughExchange {

    private boolean answered;

    public ReinExchange(SessionContext session, FtpCommand command) {
        super(session, command);
    }

    /** Where the client logged in at the gateway, or named its server there, the gateway itself resets that. */
    @Override
    public void start() {
        if (session.proxyLogin().isNeeded()) {
            session.clientReplies().send(Replies.FORGOTTEN);
            onAnswered(Replies.FORGOTTEN.code());
        } else {
            super.start();
        }
    }

    @Override
    public void onAnswered(int code) {
        answered = true;
        if (code / 100 == 2) {
            session.data().drop();
            session.data().epsvAll(false);
            session.login().forget();
            session.forgetClient();
            if (session.protection().isSecured()
                    && !session.settings().clientTls().implicit()) {
                port.stopClientTls();
                return;
            }
            startOver();
        }
        super.onAnswered(code);
    }

    @Override
    public boolean expectsReply() {
        return !answered;
    }

    @Override
    public void onCleared() {
        session.protection().reset();
        startOver();
        session.finish(this);
    }

    private void startOver() {
        if (session.server().tls().isSecured() || session.proxyLogin().isNeeded()) {
            FixedServerOpening.startOver(session);
        }
    }
}
