package io.ftpalg.session;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.LoginTarget;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import java.time.Duration;
import java.util.Optional;

/**
 * USER that names the server: connect to it, then log in there (RFC 1919 section 3.1).
 *
 * <p>Whatever goes wrong, denied, unknown, unreachable, the client hears the same text after the same time, so that the
 * gateway tells nobody which hosts and ports are there.
 */
final class ConnectExchange extends LoginExchange implements ServerLink.Opening {
    private long startedAt;

    ConnectExchange(FtpSession session, FtpCommand command) {
        super(session, command);
    }

    @Override
    void start() {
        startedAt = port.nanoTime();
        session.data().epsvAll(false);
        Optional<LoginTarget> login = LoginTarget.parse(command.argument());
        session.server().open(session.request().withUser(login.map(LoginTarget::user))
                .withTarget(login.map(LoginTarget::target)), this);
    }

    @Override
    public void onDelay(FtpReply reply) {
        // The client asked for nothing that a 120 would answer; the greeting timeout goes on.
    }

    @Override
    public void onGreeting(FtpReply greeting) {
        String user = session.server().route().user().orElse(command.argument());
        session.events().user(user);
        session.login().begin(user);
        port.toServer(FtpCommand.of(FtpVerb.USER, user));
        session.replies().await();
    }

    @Override
    public void onFailed(CloseCause cause, String detail, Optional<FtpReply> greeting) {
        Duration elapsed = Duration.ofNanos(port.nanoTime() - startedAt);
        Duration left = session.limits().connectTimeout().minus(elapsed);
        Runnable close = () -> session.close(cause, detail, Optional.of(Replies.SERVICE_NOT_AVAILABLE));
        if (left.isNegative() || left.isZero()) {
            close.run();
        } else {
            session.timers().start(Timers.Kind.EXCHANGE, left, close);
        }
    }
}
