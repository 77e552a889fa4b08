package io.ftpalg.session.login;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.login.LoginTarget;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.Secret;
import io.ftpalg.session.base.LoginName;
import io.ftpalg.session.base.ProxyIdentity;
import io.ftpalg.session.base.ProxyLogin;
import io.ftpalg.session.base.ProxyLogin.AwaitsAccount;
import io.ftpalg.session.base.ProxyLogin.AwaitsPassword;
import io.ftpalg.session.base.ProxyLogin.AwaitsServer;
import io.ftpalg.session.base.ProxyLogin.Pending;
import io.ftpalg.session.exchange.SessionContext;
import java.util.Optional;

/**
 * What the client has sent of its login so far, in whichever {@link LoginDialect}, until that is enough for a
 * {@link LoginPlan}; what was received is kept in {@link ProxyLogin}.
 *
 * <pre>
 *  USER -> (331) -> PASS -> [(332) -> ACCT] -> plan          plan: check the gateway's user, connect, log in, or a part of it
 *  USER user@host ------------------------> plan             SITE host, OPEN host: a plan too, with what was held before
 * </pre>
 */
public final class LoginDialogue {
    private final SessionContext session;
    private final ProxyLogin login;

    public LoginDialogue(SessionContext session) {
        this.session = session;
        this.login = session.proxyLogin();
    }

    /** USER; the session has no server that it would have to go to without a question. */
    void user(FtpCommand command, LoginName name) {
        login.take();
        ProxyIdentity identity = login.identity();
        if (identity.isSaidAnewBy(name)) {
            identity.forget();
            if (session.state().hasServer()) {
                FixedServerOpening.startOver(session);
            }
        }
        if (login.wantsProxyUser()) {
            identity.says(name.kind());
            login.await(new AwaitsPassword(name));
            session.clientReplies().answer(Replies.PASSWORD_WANTED);
        } else if (name.namesServer()) {
            open(command, LoginPlan.user(name));
        } else if (session.state().hasServer() && identity.isAtNamedServer()) {
            logInThere(command, name);
        } else if (mayGoAlone(name)) {
            open(command, LoginPlan.user(name));
        } else if (session.state().hasServer()) {
            logInThere(command, name);
        } else if (login.policy().users().isEmpty() && namesServersLater()) {
            login.await(new AwaitsPassword(name));
            session.clientReplies().answer(Replies.PASSWORD_WANTED);
        } else {
            session.clientReplies().answer(login.hint());
        }
    }

    /** The login is for the session's present server, however that was chosen. */
    private void logInThere(FtpCommand command, LoginName name) {
        if (session.login().refusesUser(name.user())) {
            session.clientReplies().answer(Replies.ANONYMOUS_ONLY);
        } else {
            session.open(new LoginExchange(session, command));
        }
    }

    private boolean mayGoAlone(LoginName name) {
        return login.canRoute(session.request().withUser(Optional.of(name.user())));
    }

    private boolean namesServersLater() {
        return login.takesTargets()
                && (login.policy().has(LoginDialect.SITE) || login.policy().has(LoginDialect.OPEN));
    }

    /** PASS or ACCT that the gateway {@link ProxyLogin#awaits}. */
    void password(FtpCommand command) {
        Pending before = login.take();
        if (before instanceof AwaitsPassword user && login.wantsProxyUser()) {
            checkUser(command, user.name());
        } else if (before instanceof AwaitsPassword user) {
            login.await(new AwaitsServer(user.name(), Secret.of(command.argument())));
            session.clientReplies().answer(Replies.SERVER_WANTED);
        } else if (before instanceof AwaitsAccount user) {
            open(
                    command,
                    LoginPlan.checking(
                            user.name().proxyUser(),
                            Secret.of(command.argument()),
                            LoginPlan.logIn(user.name(), user.password())));
        }
    }

    private void checkUser(FtpCommand command, LoginName name) {
        String password = command.argument();
        switch (name.kind()) {
            case ACCOUNT -> {
                login.await(new AwaitsAccount(name, Secret.of(password)));
                session.clientReplies().answer(Replies.ACCOUNT_WANTED);
            }
            case JOINED, JOINED_ALONE -> joined(command, name, password);
            case PROXY_TARGET ->
                open(
                        command,
                        LoginPlan.checking(
                                name.user(),
                                Secret.of(password),
                                LoginPlan.connect(name.target(), Replies.CONNECTED_BY_LOGIN)));
            // What may be for the gateway alone may be for the server too: it is, if there is a route without a name.
            case PLAIN, TARGET ->
                open(
                        command,
                        LoginPlan.checking(
                                name.user(), Secret.of(password), LoginPlan.logIn(name, Secret.of(password))));
        }
    }

    /** The password of the gateway has no separator in it; that of the server may have some. */
    private void joined(FtpCommand command, LoginName name, String password) {
        boolean proxyFirst = login.policy().proxyUserFirst();
        int at = proxyFirst
                ? password.indexOf(login.policy().separator())
                : password.lastIndexOf(login.policy().separator());
        String first = at < 0 ? password : password.substring(0, at);
        String second = at < 0 ? "" : password.substring(at + 1);
        Secret own = Secret.of(proxyFirst ? first : second);
        Secret servers = Secret.of(proxyFirst ? second : first);
        open(command, LoginPlan.checking(name.proxyUser(), own, LoginPlan.logIn(name, servers)));
    }

    /** Returns whether this command names a server here. */
    public boolean namesServer(FtpCommand command) {
        return login.takesTargets()
                && switch (command.verb()) {
                    case SITE ->
                        login.policy().has(LoginDialect.SITE)
                                && !session.state().hasServer();
                    case OPEN -> login.policy().has(LoginDialect.OPEN);
                    default -> false;
                };
    }

    /** SITE or OPEN that {@link #namesServer names a server}. */
    public void server(FtpCommand command) {
        Optional<HostPort> target = LoginTarget.server(command.argument().strip());
        if (session.login().lacksTls()) {
            session.clientReplies().answer(Replies.TLS_DEMANDED);
        } else if (login.wantsProxyUser()) {
            session.clientReplies().answer(login.hint());
        } else if (command.argument().isBlank() || command.hasControlBytes()) {
            session.clientReplies().answer(Replies.BAD_ARGUMENT);
        } else if (login.pending() instanceof AwaitsPassword) {
            session.clientReplies().answer(Replies.PASSWORD_FIRST);
        } else {
            session.data().drop();
            LoginPlan.Destination there = login.take() instanceof AwaitsServer held
                            && !held.name().user().isBlank()
                    ? new LoginPlan.Destination(
                            true,
                            target,
                            Optional.of(held.name().user()),
                            Optional.of(held.password()),
                            Optional.empty())
                    : LoginPlan.connect(target, Replies.CONNECTED);
            open(command, LoginPlan.going(there));
        }
    }

    private void open(FtpCommand command, LoginPlan plan) {
        session.open(new ConnectExchange(session, command, plan));
    }
}
