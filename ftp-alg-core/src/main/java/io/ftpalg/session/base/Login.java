package io.ftpalg.session.base;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import java.util.Optional;

/** The client's login: awaited in time, accepted, reset, or refused once too often. Owned by the session. */
public final class Login {
    private final SessionLifecycle lifecycle;
    private final Timers timers;
    private final SessionSettings settings;
    private final SessionEvents events;
    private final Protection client;
    private final ServerAddress server;
    private final WorkingDirectory directory;
    private final LoginAttempt attempt;
    private int failures;
    private Optional<String> user = Optional.empty();

    /**
     * Makes the login of a client that has not begun it.
     *
     * @param client how the client is protected
     * @param server where it logs in
     * @param directory where it is at the server, which another login changes
     */
    public Login(
            SessionLifecycle lifecycle,
            Timers timers,
            SessionSettings settings,
            SessionEvents events,
            Protection client,
            ServerAddress server,
            WorkingDirectory directory) {
        this.lifecycle = lifecycle;
        this.timers = timers;
        this.settings = settings;
        this.events = events;
        this.client = client;
        this.server = server;
        this.directory = directory;
        this.attempt = new LoginAttempt(settings.guard(), events.client().getAddress(), timers);
    }

    /** The client is to log in in time, at each server from the start; what it does meanwhile gives it no more time. */
    public void await() {
        if (!timers.isRunning(Timers.Kind.LOGIN)) {
            timers.start(
                    Timers.Kind.LOGIN,
                    settings.limits().loginTimeout(),
                    () -> lifecycle.close(CloseCause.LOGIN_TIMEOUT, "", Optional.of(Replies.LOGIN_TOO_SLOW)));
        }
    }

    /** The server is sent this user. */
    public void begin(String name) {
        user = Optional.of(name);
        directory.forget();
    }

    /** Returns whether the server was told a user. */
    public boolean hasBegun() {
        return user.isPresent();
    }

    /** Returns the user that the server was sent; empty text if none. */
    public String user() {
        return user.orElse("");
    }

    /** Returns the user that the server was sent, if any. */
    public Optional<String> known() {
        return user;
    }

    /** Returns whether this user must be under TLS and is not. */
    public boolean lacksTls(String name) {
        return settings.clientTls().control().isDemandedOf(name) && !client.isSecured();
    }

    /** Returns whether everybody must be under TLS, and this client is not. */
    public boolean lacksTls() {
        return settings.clientTls().control() == TlsUse.REQUIRED && !client.isSecured();
    }

    /** There is no server any more that has a user. */
    public void reset() {
        user = Optional.empty();
        directory.forget();
    }

    /** Returns whether this user may not log in at servers. */
    public boolean refusesUser(String name) {
        return settings.login().anonymousOnly() && !LoginPolicy.isAnonymous(name);
    }

    /**
     * The server replied to a command of the login; the client has received it.
     *
     * @return whether that was one refusal too many, and the session ends
     */
    public boolean onAnswer(FtpVerb verb, int code) {
        if (code / 100 == 2) {
            attempt.succeeded();
            accept();
        } else if (verb == FtpVerb.USER && code / 100 == 3) {
            forget();
        } else if (isRefusal(verb, code)) {
            attempt.failed();
            events.loginRefused(user(), server.get());
            if (countFailure()) {
                lifecycle.close(CloseCause.TOO_MANY_LOGINS, "", Optional.of(Replies.TOO_MANY_LOGINS));
                return true;
            }
        } else {
            attempt.undecided();
        }
        return false;
    }

    /** 430 is a refusal too, by servers that follow RFC 4217's or older tables; an unknown ACCT is none. */
    private static boolean isRefusal(FtpVerb verb, int code) {
        return verb == FtpVerb.PASS && (code / 100 == 5 || code == 430) || verb == FtpVerb.ACCT && code == 530;
    }

    /**
     * Runs one of the two: whether the client may try a password for the present user at the server. Passwords of anonymous
     * users are no secret, and trying them gains nothing.
     */
    public void tryPassword(Runnable allowed, Runnable refused) {
        if (LoginPolicy.isAnonymous(user())) {
            allowed.run();
        } else {
            attempt.begin(user(), allowed, refused);
        }
    }

    /** Returns the attempt that counts against others. */
    public LoginAttempt attempt() {
        return attempt;
    }

    /** The server accepted it. */
    public void accept() {
        if (lifecycle.state() == SessionState.LOGIN) {
            timers.stop(Timers.Kind.LOGIN);
            lifecycle.become(SessionState.READY);
            events.authenticated(server.get());
        }
    }

    /** The server has no user any more. */
    public void forget() {
        if (lifecycle.state() == SessionState.READY) {
            lifecycle.become(SessionState.LOGIN);
        }
    }

    /** Counts a refused password; true if that was one too many. */
    public boolean countFailure() {
        return ++failures >= settings.limits().failedLogins();
    }
}
