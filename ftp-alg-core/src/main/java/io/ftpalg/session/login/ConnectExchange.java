package io.ftpalg.session.login;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.base.LoginAttempt;
import io.ftpalg.session.base.Timers;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.server.ServerConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step of the login that leads to a server: its {@link LoginPlan} is carried out, and the command that completed the plan
 * is answered (RFC 1919 section 3.1).
 *
 * <p>Whatever goes wrong with a server that the client named, denied, unknown, unreachable, the client receives the same text
 * after the same time, so that the gateway does not serve as a port scanner. Where the operator chose the server, the text has
 * what is wrong ({@link FixedServerOpening#reply}).
 */
public final class ConnectExchange extends Exchange implements ServerConnection.Opening {
    private final LoginPlan plan;
    private LoginPlan.Destination there;
    private ConnectFailure failure = ConnectFailure.NO_GREETING;
    private boolean checking;
    private @Nullable ServerLogin login;

    ConnectExchange(SessionContext session, FtpCommand command, LoginPlan plan) {
        super(session, command);
        this.plan = plan;
        this.there = plan.destination();
    }

    @Override
    protected void start() {
        plan.check().ifPresentOrElse(this::check, this::go);
    }

    // ---- the user of the gateway

    private void check(LoginPlan.Check user) {
        checking = true;
        attempt().begin(user.name(), () -> port.authenticate(user.name(), user.password()), this::refuse);
    }

    public void onAuthenticated(ProxyUser user) {
        if (checking) {
            checking = false;
            attempt().succeeded();
            session.proxyLogin().identity().is(user);
            session.events().proxyAuthenticated(user);
            if (plan.goesAsChecked()) {
                // As its directory spells it: routes have no other spelling, and an unknown one is another
                // user.
                there = there.withUser(user.name());
            }
            go();
        }
    }

    public void onNotAuthenticated() {
        if (checking) {
            attempt().failed();
            refuse();
        }
    }

    public void onUnavailable(String reason) {
        if (checking) {
            attempt().undecided();
            session.close(CloseCause.USERS_UNAVAILABLE, reason, Optional.of(Replies.SERVICE_NOT_AVAILABLE));
        }
    }

    /** The reply waits, so that trying passwords is slow (RFC 2577 section 5). */
    private void refuse() {
        checking = false;
        plan.check().ifPresent(user -> session.events().proxyRefused(user.name()));
        session.timers().start(Timers.Kind.EXCHANGE, session.limits().loginDelay(), () -> {
            session.clientReplies().send(Replies.LOGIN_INCORRECT);
            if (session.login().countFailure()) {
                session.close(CloseCause.TOO_MANY_LOGINS, "", Optional.of(Replies.TOO_MANY_LOGINS));
            } else {
                session.finish(this);
            }
        });
    }

    private LoginAttempt attempt() {
        return session.login().attempt();
    }

    // ---- the server

    private void go() {
        RouteRequest request = session.request().withUser(there.user()).withTarget(there.target());
        if (!there.named() && !session.proxyLogin().canRoute(request)) {
            session.clientReplies().send(Replies.GATEWAY_LOGIN_OK);
            session.finish(this);
        } else if (there.user().filter(session.login()::refusesUser).isPresent()) {
            session.clientReplies().answer(Replies.ANONYMOUS_ONLY);
            session.finish(this);
        } else {
            session.data().epsvAll(false);
            session.proxyLogin().identity().goes(there.named(), plan.goesAsChecked());
            if (clientChose()) {
                limitTime();
            }
            session.server().open(request, this);
        }
    }

    /** The result of the check is no longer needed. */
    @Override
    public void onClosing(boolean answer) {
        checking = false;
    }

    @Override
    public boolean expectsReply() {
        return login != null;
    }

    @Override
    public void onDelay(FtpReply reply) {
        // The client sent no command that a 120 belongs to; the greeting timeout continues.
    }

    @Override
    public void onGreeting(FtpReply greeting) {
        session.timers().stop(Timers.Kind.EXCHANGE);
        login = new ServerLogin(session, there, this);
        login.start();
    }

    @Override
    protected void onServerLine(ReplyLine line) {
        if (login != null) {
            login.onLine(line);
        }
    }

    @Override
    public void onFailed(CloseCause cause, String detail, Optional<FtpReply> greeting) {
        if (clientChose()) {
            failure = new ConnectFailure(cause, detail);
        } else {
            session.close(cause, detail, Optional.of(greeting.orElse(FixedServerOpening.reply(cause))));
        }
    }

    /**
     * One time for the look-up, the connection, TLS and the greeting together: a server that is closed, silent, unknown or
     * denied gets its reply at its end, whichever it was.
     */
    private void limitTime() {
        session.timers().start(Timers.Kind.EXCHANGE, session.limits().targetTimeout(), () -> failure.close(session));
    }

    /** By the login, or by connecting to it. */
    private boolean clientChose() {
        return there.named() || session.clientChose();
    }
}
