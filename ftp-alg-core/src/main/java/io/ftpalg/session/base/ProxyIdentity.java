package io.ftpalg.session.base;

import io.ftpalg.policy.login.ProxyUser;
import java.util.Optional;

/**
 * The client's user among the gateway's own users: the form of name it used, and what has chosen its server since. Owned by the session's
 * {@link ProxyLogin}.
 */
public final class ProxyIdentity {

    private enum Server {
        /** Chosen by routes, for a user there that the client sent; or there is none. */
        ROUTED,
        /** Chosen by routes, for the user of the gateway, who was logged in there with the same words. */
        OWN,
        /** Chosen by the client. */
        NAMED
    }

    private Optional<ProxyUser> user = Optional.empty();
    private LoginName.Kind saidBy = LoginName.Kind.PLAIN;
    private Server server = Server.ROUTED;

    /** Returns the user, if the client has logged in. */
    Optional<ProxyUser> user() {
        return user;
    }

    boolean isKnown() {
        return user.isPresent();
    }

    public boolean isAtNamedServer() {
        return server == Server.NAMED;
    }

    /** The client sends a name of this kind; its password comes next. */
    public void says(LoginName.Kind kind) {
        saidBy = kind;
    }

    /** The password was right. */
    public void is(ProxyUser known) {
        user = Optional.of(known);
    }

    /**
     * The session goes to a server.
     *
     * @param named whether the client named it
     * @param asItself whether it is the user of the gateway that is logged in there
     */
    public void goes(boolean named, boolean asItself) {
        server = named ? Server.NAMED : asItself ? Server.OWN : Server.ROUTED;
    }

    /**
     * Returns whether a client that has logged in sends its name again, in the form that it used before: what it sends next
     * has the password of the gateway in it, which is for no server.
     */
    public boolean isSaidAnewBy(LoginName name) {
        return isKnown()
                && (server == Server.OWN && !name.namesServer()
                        || name.kind() == saidBy && saidBy != LoginName.Kind.PLAIN);
    }

    public void forget() {
        user = Optional.empty();
        server = Server.ROUTED;
    }
}
