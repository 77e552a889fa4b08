package io.ftpalg.session;

import io.ftpalg.policy.LoginDialect;
import io.ftpalg.policy.LoginPolicy;
import io.ftpalg.policy.LoginTarget;
import io.ftpalg.policy.ProxyUser;
import io.ftpalg.policy.RouteRequest;
import io.ftpalg.policy.Router;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the client has said of its login so far, in whichever {@link LoginDialect}, until that is enough for a
 * {@link LoginPlan}. Owned by its session; the driver tells it what became of a check, on the session's loop.
 *
 * <pre>
 *  USER -> (331) -> PASS -> [(332) -> ACCT] -> plan          plan: check the gateway's user, connect, log in, or a part of it
 *  USER user@host ------------------------> plan             SITE host, OPEN host: a plan too, with what was held before
 * </pre>
 */
public final class LoginDialogue {

    /** What was said and waits for more. */
    private sealed interface Pending {
    }

    private record AwaitsPassword(LoginName name) implements Pending {
    }

    private record AwaitsAccount(LoginName name, Secret password) implements Pending {
    }

    private record AwaitsServer(LoginName name, Secret password) implements Pending {
    }

    private final FtpSession session;
    private final ProxyIdentity identity = new ProxyIdentity();
    private @Nullable Pending pending;

    LoginDialogue(FtpSession session) {
        this.session = session;
    }

    private LoginPolicy policy() {
        return session.settings().login();
    }

    private Router router() {
        return session.settings().router();
    }

    /** Tells whether the client must say something of its login before it gets to a server. */
    boolean isNeeded() {
        return router().needsLogin() || policy().users().isPresent();
    }

    private boolean takesTargets() {
        return router().needsLogin() && router().takesTargets();
    }

    /** Tells whether the client is still to say who it is to the gateway. */
    private boolean wantsProxyUser() {
        return policy().users().isPresent() && !identity.isKnown();
    }

    /** Returns who the client is to the gateway, if it has users of its own and knows it. */
    Optional<ProxyUser> known() {
        return identity.user();
    }

    /** Tells whether the client has said anything of its login. */
    boolean hasBegun() {
        return pending != null || identity.isKnown();
    }

    /** Tells whether a request can be routed whose client has named no server. */
    boolean canRoute(RouteRequest request) {
        return !router().needsLogin() || router().canRoute(request);
    }

    /** Returns how to log in, as an answer to a client that did not. */
    FtpReply hint() {
        boolean onlyServerMissing = pending instanceof AwaitsServer || identity.isKnown();
        return !takesTargets() ? Replies.LOG_IN_FIRST : onlyServerMissing ? Replies.SERVER_FIRST : Replies.NOT_LOGGED_IN;
    }

    /** Returns what a client hears first that must log in before it gets to a server. */
    FtpReply greeting() {
        return session.settings().texts().greeting()
                .orElse(takesTargets() ? Replies.GREETING : Replies.PLAIN_GREETING);
    }

    // ---- what the client says

    /** Reads the argument of USER. */
    LoginName read(String argument) {
        if (!isNeeded()) {
            return new LoginName(LoginName.Kind.PLAIN, argument, "", Optional.empty());
        }
        LoginName name = LoginName.of(argument, policy(), takesTargets(), policy().users().isPresent());
        return !identity.isKnown() || identity.isSaidAnewBy(name) ? name : LoginName.of(argument, policy(), takesTargets(), false);
    }

    /** USER; the session has no server that it would have to go to without a question. */
    void user(FtpCommand command, LoginName name) {
        pending = null;
        if (identity.isSaidAnewBy(name)) {
            identity.forget();
            if (session.state().hasServer()) {
                session.server().startOver();
            }
        }
        if (wantsProxyUser()) {
            identity.says(name.kind());
            pending = new AwaitsPassword(name);
            session.voice().answer(Replies.PASSWORD_WANTED);
        } else if (name.namesServer()) {
            open(command, LoginPlan.user(name));
        } else if (session.state().hasServer() && identity.isAtNamedServer()) {
            logInThere(command, name);
        } else if (mayGoAlone(name)) {
            open(command, LoginPlan.user(name));
        } else if (session.state().hasServer()) {
            logInThere(command, name);
        } else if (policy().users().isEmpty() && namesServersLater()) {
            pending = new AwaitsPassword(name);
            session.voice().answer(Replies.PASSWORD_WANTED);
        } else {
            session.voice().answer(hint());
        }
    }

    /** The server that the session has is meant, whoever chose it. */
    private void logInThere(FtpCommand command, LoginName name) {
        if (session.login().refusesUser(name.user())) {
            session.voice().answer(Replies.ANONYMOUS_ONLY);
        } else {
            session.open(new LoginExchange(session, command));
        }
    }

    private boolean mayGoAlone(LoginName name) {
        return canRoute(session.request().withUser(Optional.of(name.user())));
    }

    private boolean namesServersLater() {
        return takesTargets() && (policy().has(LoginDialect.SITE) || policy().has(LoginDialect.OPEN));
    }

    /** Tells whether PASS or ACCT is for this dialogue, and not for the server. */
    boolean awaits(FtpCommand command) {
        return switch (command.verb()) {
            case PASS -> pending instanceof AwaitsPassword;
            case ACCT -> pending instanceof AwaitsAccount;
            default -> false;
        };
    }

    /** PASS or ACCT that this dialogue {@link #awaits}. */
    void password(FtpCommand command) {
        Pending before = pending;
        pending = null;
        if (before instanceof AwaitsPassword user && wantsProxyUser()) {
            checkUser(command, user.name());
        } else if (before instanceof AwaitsPassword user) {
            pending = new AwaitsServer(user.name(), Secret.of(command.argument()));
            session.voice().answer(Replies.SERVER_WANTED);
        } else if (before instanceof AwaitsAccount user) {
            open(command, LoginPlan.checking(user.name().proxyUser(), Secret.of(command.argument()),
                    LoginPlan.logIn(user.name(), user.password())));
        }
    }

    private void checkUser(FtpCommand command, LoginName name) {
        String password = command.argument();
        switch (name.kind()) {
            case ACCOUNT -> {
                pending = new AwaitsAccount(name, Secret.of(password));
                session.voice().answer(Replies.ACCOUNT_WANTED);
            }
            case JOINED, JOINED_ALONE -> joined(command, name, password);
            case PROXY_TARGET -> open(command, LoginPlan.checking(name.user(), Secret.of(password),
                    LoginPlan.connect(name.target(), Replies.CONNECTED_BY_LOGIN)));
            // What may be for the gateway alone may be for the server too: it is, if there is a route without a name.
            case PLAIN, TARGET -> open(command, LoginPlan.checking(name.user(), Secret.of(password),
                    LoginPlan.logIn(name, Secret.of(password))));
        }
    }

    /** The password of the gateway has no separator in it; that of the server may have some. */
    private void joined(FtpCommand command, LoginName name, String password) {
        boolean proxyFirst = policy().proxyUserFirst();
        int at = proxyFirst ? password.indexOf(policy().separator()) : password.lastIndexOf(policy().separator());
        String first = at < 0 ? password : password.substring(0, at);
        String second = at < 0 ? "" : password.substring(at + 1);
        Secret own = Secret.of(proxyFirst ? first : second);
        Secret servers = Secret.of(proxyFirst ? second : first);
        open(command, LoginPlan.checking(name.proxyUser(), own, LoginPlan.logIn(name, servers)));
    }

    /** Tells whether this command names a server here. */
    boolean namesServer(FtpCommand command) {
        return takesTargets() && switch (command.verb()) {
            case SITE -> policy().has(LoginDialect.SITE) && !session.state().hasServer();
            case OPEN -> policy().has(LoginDialect.OPEN);
            default -> false;
        };
    }

    /** SITE or OPEN that {@link #namesServer names a server}. */
    void server(FtpCommand command) {
        Optional<HostPort> target = LoginTarget.server(command.argument().strip());
        if (session.login().lacksTls()) {
            session.voice().answer(Replies.TLS_DEMANDED);
        } else if (wantsProxyUser()) {
            session.voice().answer(hint());
        } else if (command.argument().isBlank() || command.hasControlBytes()) {
            session.voice().answer(Replies.BAD_ARGUMENT);
        } else if (pending instanceof AwaitsPassword) {
            session.voice().answer(Replies.PASSWORD_FIRST);
        } else {
            session.data().drop();
            LoginPlan.Destination there = pending instanceof AwaitsServer held && !held.name().user().isBlank()
                    ? new LoginPlan.Destination(true, target, Optional.of(held.name().user()),
                            Optional.of(held.password()), Optional.empty())
                    : LoginPlan.connect(target, Replies.CONNECTED);
            pending = null;
            open(command, LoginPlan.going(there));
        }
    }

    private void open(FtpCommand command, LoginPlan plan) {
        session.open(new ConnectExchange(session, command, plan));
    }

    // ---- what became of it

    /** The client is this user of the gateway. */
    void know(ProxyUser user) {
        identity.is(user);
        session.events().proxyAuthenticated(user);
    }

    /** Returns who the client is to the gateway. */
    ProxyIdentity identity() {
        return identity;
    }

    /** All is forgotten: REIN, or AUTH. */
    void forget() {
        pending = null;
        identity.forget();
    }

    /** The gateway knows this user, and the password is right. */
    public void onAuthenticated(ProxyUser user) {
        if (session.inFlight() instanceof ConnectExchange exchange) {
            exchange.onAuthenticated(user);
        }
    }

    /** The gateway does not know this user, or the password is wrong. */
    public void onNotAuthenticated() {
        if (session.inFlight() instanceof ConnectExchange exchange) {
            exchange.onNotAuthenticated();
        }
    }

    /** Whether it is a user of the gateway cannot be known now; the reason is for the log. */
    public void onUnavailable(String reason) {
        if (session.inFlight() instanceof ConnectExchange exchange) {
            exchange.onUnavailable(reason);
        }
    }
}
