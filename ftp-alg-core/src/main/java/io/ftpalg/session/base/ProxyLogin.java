package io.ftpalg.session.base;

import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the client has sent of its login so far, and who it is to the gateway: the state of the {@code LoginDialogue}. Owned by
 * the session.
 */
public final class ProxyLogin {

    /** What was received and waits for more. */
    public sealed interface Pending {}

    public record AwaitsPassword(LoginName name) implements Pending {}

    public record AwaitsAccount(LoginName name, Secret password) implements Pending {}

    public record AwaitsServer(LoginName name, Secret password) implements Pending {}

    /**
     * What a client asked for before its session began, by another protocol (SOCKS, HTTP CONNECT) in which the session runs.
     *
     * @param target the server that it named
     * @param user who it is to the gateway, if the gateway has users of its own
     */
    public record EarlyTarget(HostPort target, Optional<ProxyUser> user) {}

    private final SessionSettings settings;
    private final Optional<EarlyTarget> tunnel;
    private final ProxyIdentity identity = new ProxyIdentity();
    private @Nullable Pending pending;

    /** Makes that of a client which named its server, and itself, before the session, if it is in a tunnel. */
    public ProxyLogin(SessionSettings settings, Optional<EarlyTarget> tunnel) {
        this.settings = settings;
        this.tunnel = tunnel;
        tunnel.flatMap(EarlyTarget::user).ifPresent(identity::is);
    }

    public LoginPolicy policy() {
        return settings.login();
    }

    private Router router() {
        return settings.router();
    }

    /** Returns whether the client must send something of its login before it gets to a server. */
    public boolean isNeeded() {
        return tunnel.isEmpty() && (router().needsLogin() || policy().users().isPresent());
    }

    public boolean takesTargets() {
        return tunnel.isEmpty() && router().needsLogin() && router().takesTargets();
    }

    /** Returns whether the client is still to identify itself to the gateway. */
    public boolean wantsProxyUser() {
        return tunnel.isEmpty() && policy().users().isPresent() && !identity.isKnown();
    }

    /** Returns the client's user at the gateway, if it has users of its own and the client has logged in. */
    public Optional<ProxyUser> known() {
        return identity.user();
    }

    /** Returns whether the client has sent anything of its login. */
    public boolean hasBegun() {
        return pending != null || identity.isKnown();
    }

    /** Returns whether a request can be routed whose client has named no server. */
    public boolean canRoute(RouteRequest request) {
        return !router().needsLogin() || router().canRoute(request);
    }

    /** Returns how to log in, as a reply to a client that did not. */
    public FtpReply hint() {
        boolean onlyServerMissing = pending instanceof AwaitsServer || identity.isKnown();
        return !takesTargets()
                ? Replies.LOG_IN_FIRST
                : onlyServerMissing ? Replies.SERVER_FIRST : Replies.NOT_LOGGED_IN;
    }

    /** Returns the first reply to a client that must log in before it gets to a server. */
    public FtpReply greeting() {
        return settings.texts().greeting().orElse(takesTargets() ? Replies.GREETING : Replies.PLAIN_GREETING);
    }

    /** Reads the argument of USER. */
    public LoginName read(String argument) {
        if (!isNeeded()) {
            return new LoginName(LoginName.Kind.PLAIN, argument, "", Optional.empty());
        }
        LoginName name = LoginName.of(
                argument, policy(), takesTargets(), policy().users().isPresent());
        return !identity.isKnown() || identity.isSaidAnewBy(name)
                ? name
                : LoginName.of(argument, policy(), takesTargets(), false);
    }

    /** Returns whether PASS or ACCT is for the gateway, and not for the server. */
    public boolean awaits(FtpCommand command) {
        return switch (command.verb()) {
            case PASS -> pending instanceof AwaitsPassword;
            case ACCT -> pending instanceof AwaitsAccount;
            default -> false;
        };
    }

    /** More is to come behind what was received. */
    public void await(Pending more) {
        pending = more;
    }

    /** Returns what waits for more, if anything does. */
    @Nullable
    public Pending pending() {
        return pending;
    }

    /** Returns what waited for more, if anything did; nothing waits now. */
    @Nullable
    public Pending take() {
        Pending before = pending;
        pending = null;
        return before;
    }

    /** Returns who the client is to the gateway. */
    public ProxyIdentity identity() {
        return identity;
    }

    /** All is reset: REIN, or AUTH. What was before the session stays. */
    public void forget() {
        pending = null;
        identity.forget();
        tunnel.flatMap(EarlyTarget::user).ifPresent(identity::is);
    }
}
