package io.ftpalg.session.login;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.base.Timers;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.server.ServerConnection;
import java.util.Optional;

/**
 * Connects to a server that is fixed before the client sends anything: the client gets that server's own greeting. Where the client
 * chose the server, by connecting to it (transparent mode) or by a tunnel to it, the same holds of failures as of a {@link ConnectExchange}.
 */
public final class FixedServerOpening implements ServerConnection.Opening {
    private final SessionContext session;
    private final boolean greets;
    private ConnectFailure failure = ConnectFailure.NO_GREETING;

    /**
     * Makes the opening.
     *
     * @param greets whether the client gets the greeting, as it does when it connects, and not when it starts over
     */
    FixedServerOpening(SessionContext session, boolean greets) {
        this.session = session;
        this.greets = greets;
    }

    /** Greets a new client, or finds the server that does. */
    public static void begin(SessionContext session) {
        if (session.proxyLogin().isNeeded()) {
            session.become(SessionState.NO_SERVER);
            session.clientReplies().send(session.proxyLogin().greeting());
            session.commands().next();
        } else {
            new FixedServerOpening(session, true).open();
        }
    }

    /** Leaves the present server, with all its state, for a new connection to it, or for one that is yet to be named. */
    public static void startOver(SessionContext session) {
        session.data().drop();
        session.data().epsvAll(false);
        if (session.proxyLogin().isNeeded()) {
            session.server().disconnect();
        } else {
            new FixedServerOpening(session, false).open();
        }
    }

    private void open() {
        if (clientChose()) {
            session.timers()
                    .start(Timers.Kind.EXCHANGE, session.limits().targetTimeout(), () -> failure.close(session));
        }
        session.server().open(session.request(), this);
    }

    private boolean clientChose() {
        return session.clientChose();
    }

    @Override
    public void onDelay(FtpReply reply) {
        if (greets) {
            session.clientReplies().send(reply);
        }
    }

    @Override
    public void onGreeting(FtpReply greeting) {
        if (clientChose()) {
            session.timers().stop(Timers.Kind.EXCHANGE);
        }
        if (greets) {
            session.clientReplies().send(session.settings().texts().greeting().orElse(greeting));
        }
        session.commands().next();
    }

    @Override
    public void onFailed(CloseCause cause, String detail, Optional<FtpReply> greeting) {
        if (clientChose() && greeting.isEmpty()) {
            failure = new ConnectFailure(cause, detail);
        } else {
            session.close(cause, detail, Optional.of(greeting.orElse(reply(cause))));
        }
    }

    /** Returns the reply to a client whose server the operator chose: which server there is, and what it lacks, is no secret. */
    static FtpReply reply(CloseCause cause) {
        return switch (cause) {
            case SERVER_UNREACHABLE -> Replies.SERVER_UNAVAILABLE;
            case SERVER_NOT_FTP -> Replies.SERVER_NOT_FTP;
            case TLS_FAILED -> Replies.SERVER_TLS_FAILED;
            default -> Replies.SERVICE_NOT_AVAILABLE;
        };
    }
}
