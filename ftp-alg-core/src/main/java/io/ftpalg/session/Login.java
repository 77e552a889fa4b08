package io.ftpalg.session;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.LoginPolicy;
import io.ftpalg.policy.TlsUse;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import java.util.Optional;

/** The client's login: awaited in time, accepted, forgotten, or refused once too often. Owned by the session. */
final class Login {
    private final FtpSession session;
    private final LoginAttempt attempt;
    private int failures;
    private Optional<String> user = Optional.empty();

    Login(FtpSession session) {
        this.session = session;
        this.attempt = new LoginAttempt(session);
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

    /** Tells whether everybody must be under TLS, and this client is not. */
    boolean lacksTls() {
        return session.settings().clientTls().control() == TlsUse.REQUIRED && !session.protection().isSecured();
    }

    /** There is no server any more that knows a user. */
    void reset() {
        user = Optional.empty();
    }

    /** Tells whether this user may not log in at servers. */
    boolean refusesUser(String name) {
        return session.settings().login().anonymousOnly() && !LoginPolicy.isAnonymous(name);
    }

    /**
     * The server answered a command of the login; the client has heard it.
     *
     * @return whether that was one refusal too many, and the session ends
     */
    boolean onAnswer(FtpVerb verb, int code) {
        if (code / 100 == 2) {
            attempt.succeeded();
            accept();
        } else if (verb == FtpVerb.USER && code / 100 == 3) {
            forget();
        } else if (isRefusal(verb, code)) {
            attempt.failed();
            if (countFailure()) {
                session.close(CloseCause.TOO_MANY_LOGINS, "", Optional.of(Replies.TOO_MANY_LOGINS));
                return true;
            }
        } else {
            attempt.undecided();
        }
        return false;
    }

    /** 430 is a refusal too, by servers that follow RFC 4217's or older tables; an ACCT that is not known is none. */
    private static boolean isRefusal(FtpVerb verb, int code) {
        return verb == FtpVerb.PASS && (code / 100 == 5 || code == 430) || verb == FtpVerb.ACCT && code == 530;
    }

    /**
     * Runs one of the two: whether the client may try a password for the present user at the server. Passwords of anonymous
     * users are no secret, and nobody gains by trying them.
     */
    void tryPassword(Runnable allowed, Runnable refused) {
        if (LoginPolicy.isAnonymous(user())) {
            allowed.run();
        } else {
            attempt.begin(user(), allowed, refused);
        }
    }

    /** Returns the attempt that counts against others. */
    LoginAttempt attempt() {
        return attempt;
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
