package io.ftpalg.session.base;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.login.LoginGuard;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * The password that is being checked, by the gateway or by a server, as the {@link LoginGuard} counts it: from the question
 * to the reply, one at a time. Owned by the session's {@link Login}.
 */
public final class LoginAttempt {
    /** How long an attempt waits for others before the guard is asked again. */
    static final Duration RETRY = Duration.ofMillis(100);

    private final LoginGuard guard;
    private final InetAddress client;
    private final Timers timers;
    /** The user of the attempt in progress. */
    private Optional<String> user = Optional.empty();

    LoginAttempt(LoginGuard guard, InetAddress client, Timers timers) {
        this.guard = guard;
        this.client = client;
        this.timers = timers;
    }

    /**
     * Runs one of the two: at once, or as soon as the attempts of others that may use up the limit have ended. Part of an
     * exchange, whose timer it uses.
     */
    public void begin(String name, Runnable allowed, Runnable refused) {
        switch (guard.begin(client, name)) {
            case ALLOWED -> {
                user = Optional.of(name);
                allowed.run();
            }
            case BUSY -> timers.start(Timers.Kind.EXCHANGE, RETRY, () -> begin(name, allowed, refused));
            case REFUSED -> refused.run();
        }
    }

    public void failed() {
        end(guard::failed);
    }

    public void succeeded() {
        end(guard::succeeded);
    }

    public void undecided() {
        end(guard::undecided);
    }

    /** A client that leaves during the check must not have tried for nothing; a server that fails is not its fault. */
    public void onClosing(CloseCause why) {
        if (why == CloseCause.SERVER_LOST) {
            undecided();
        } else {
            failed();
        }
    }

    private void end(Outcome outcome) {
        Optional<String> ended = user;
        user = Optional.empty();
        ended.ifPresent(name -> outcome.report(client, name));
    }

    @FunctionalInterface
    private interface Outcome {
        void report(InetAddress client, String name);
    }
}
