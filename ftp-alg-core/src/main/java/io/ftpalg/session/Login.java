package io.ftpalg.session;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.Replies;
import java.util.Optional;

/** The client's login: awaited in time, accepted, forgotten, or refused once too often. Owned by the session. */
final class Login {
    private final FtpSession session;
    private int failures;
    private Optional<String> user = Optional.empty();

    Login(FtpSession session) {
        this.session = session;
    }

    /** The client is to log in in time, at each server anew; what it does meanwhile gives it no more time. */
    void await() {
        if (!session.timers().isRunning(Timers.Kind.LOGIN)) {
            session.timers().start(Timers.Kind.LOGIN, session.limits().loginTimeout(),
                    () -> session.close(CloseCause.LOGIN_TIMEOUT, "", Optional.of(Replies.LOGIN_TOO_SLOW)));
        }
    }

    /** The server is told this user. */
    void begin(String name) {
        user = Optional.of(name);
    }

    /** Tells whether the server was told a user. */
    boolean hasBegun() {
        return user.isPresent();
    }

    /** Returns the user that the server was told; empty text if none. */
    String user() {
        return user.orElse("");
    }

    /** Tells whether this user must be under TLS and is not. */
    boolean lacksTls(String name) {
        return session.settings().clientTls().control().isDemandedOf(name) && !session.protection().isSecured();
    }

    /** There is no server any more that knows a user. */
    void reset() {
        user = Optional.empty();
    }

    /** The server accepted it. */
    void accept() {
        if (session.state() == SessionState.LOGIN) {
            session.timers().stop(Timers.Kind.LOGIN);
            session.become(SessionState.READY);
            session.events().authenticated(session.server().connectedAddress());
        }
    }

    /** The server knows no user any more. */
    void forget() {
        if (session.state() == SessionState.READY) {
            session.become(SessionState.LOGIN);
        }
    }

    /** Counts a refused password; true if that was one too many. */
    boolean countFailure() {
        return ++failures >= session.limits().failedLogins();
    }
}
