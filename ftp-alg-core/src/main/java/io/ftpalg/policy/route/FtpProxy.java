package io.ftpalg.policy.route;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Another FTP proxy, which logs in to the server that the login names. Immutable.
 *
 * @param address its name or address, and its port
 * @param dialect how the server, and the user at the proxy, are named to it
 * @param user the user at the proxy, if the dialect has one
 * @param password that user's password
 */
public record FtpProxy(HostPort address, LoginDialect dialect, Optional<String> user, Optional<Secret> password) {
    /** Dialects that name a user at the proxy in each login. */
    private static final Set<LoginDialect> WITH_USER = EnumSet.of(
            LoginDialect.JOINED,
            LoginDialect.PROXY_USER_AT_HOST,
            LoginDialect.ACCOUNT,
            LoginDialect.USER_AT_PROXY_USER);

    public FtpProxy {
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("user and password belong together: give both");
        }
        if (user.isEmpty() && WITH_USER.contains(dialect)) {
            throw new IllegalArgumentException(
                    "the dialect " + dialect.text() + " names a user at the proxy: give user and password");
        }
        if (user.filter(name -> !fits(name)).isPresent()
                || password.filter(secret -> !fits(secret.reveal())).isPresent()) {
            throw new IllegalArgumentException("user and password have no control characters, and are not empty");
        }
    }

    private static boolean fits(String text) {
        return !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
    }

    /** Returns it as a URL, without user and password. */
    @Override
    public String toString() {
        return "ftp://" + address;
    }
}
