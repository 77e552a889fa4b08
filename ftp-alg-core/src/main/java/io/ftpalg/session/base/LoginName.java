package io.ftpalg.session.base;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.login.LoginTarget;
import io.ftpalg.protocol.Digits;
import io.ftpalg.protocol.HostPort;
import java.util.Optional;

/**
 * The argument of USER, parsed by its dialect.
 *
 * @param kind what the name is made of
 * @param user the user for the server; of a kind that names none, the user of the gateway
 * @param proxyUser the user of the gateway, empty text if there is none in it
 * @param target the server; absent too where the text that should name it does not
 */
public record LoginName(Kind kind, String user, String proxyUser, Optional<HostPort> target) {

    /** What a name is made of. */
    public enum Kind {
        /** A user, and nothing else. */
        PLAIN,
        /** {@code user@host}. */
        TARGET,
        /** {@code proxyuser@host}. */
        PROXY_TARGET,
        /** {@code user@proxyuser@host}. */
        JOINED,
        /** {@code user@proxyuser}. */
        JOINED_ALONE,
        /** {@code user@host proxyuser}. */
        ACCOUNT
    }

    /**
     * Reads a name.
     *
     * @param takesTargets whether logins may name their server
     * @param wantsProxyUser whether the client's user at the gateway is still missing
     */
    static LoginName of(String text, LoginPolicy policy, boolean takesTargets, boolean wantsProxyUser) {
        int last = text.lastIndexOf(policy.separator());
        if (last <= 0) {
            return plain(text);
        }
        if (!takesTargets) {
            return wantsProxyUser && policy.has(LoginDialect.USER_AT_PROXY_USER)
                    ? joined(Kind.JOINED_ALONE, text, last, Optional.empty(), policy)
                    : plain(text);
        }
        if (!wantsProxyUser) {
            return policy.has(LoginDialect.USER_AT_HOST)
                    ? new LoginName(Kind.TARGET, text.substring(0, last), "", server(text, last))
                    : plain(text);
        }
        return withProxyUser(text, last, policy);
    }

    private static LoginName withProxyUser(String text, int last, LoginPolicy policy) {
        int space = text.stripTrailing().indexOf(' ', last);
        if (policy.has(LoginDialect.ACCOUNT) && space > 0 && !isPort(text.substring(space + 1))) {
            return new LoginName(
                    Kind.ACCOUNT,
                    text.substring(0, last),
                    text.substring(space + 1).strip(),
                    LoginTarget.server(text.substring(last + 1, space)));
        }
        int before = text.lastIndexOf(policy.separator(), last - 1);
        if (policy.has(LoginDialect.JOINED) && before > 0) {
            return joined(Kind.JOINED, text.substring(0, last), before, server(text, last), policy);
        }
        return policy.has(LoginDialect.PROXY_USER_AT_HOST)
                ? new LoginName(Kind.PROXY_TARGET, text.substring(0, last), text.substring(0, last), server(text, last))
                : plain(text);
    }

    private static LoginName joined(Kind kind, String users, int at, Optional<HostPort> target, LoginPolicy policy) {
        String first = users.substring(0, at);
        String second = users.substring(at + 1);
        return policy.proxyUserFirst()
                ? new LoginName(kind, second, first, target)
                : new LoginName(kind, first, second, target);
    }

    private static LoginName plain(String text) {
        return new LoginName(Kind.PLAIN, text, "", Optional.empty());
    }

    private static Optional<HostPort> server(String text, int separator) {
        return LoginTarget.server(text.substring(separator + 1).stripTrailing());
    }

    private static boolean isPort(String text) {
        return Digits.only(text);
    }

    /** Returns whether it names a server, if only by a text that no server can have. */
    public boolean namesServer() {
        return kind != Kind.PLAIN && kind != Kind.JOINED_ALONE;
    }
}
