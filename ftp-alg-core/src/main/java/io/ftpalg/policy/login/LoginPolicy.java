package io.ftpalg.policy.login;

import io.ftpalg.protocol.Secret;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How clients log in.
 *
 * @param dialects what is understood; where several could be meant, the order of {@link LoginDialect} decides
 * @param separator what divides user and host, {@code @} by custom
 * @param proxyUserFirst whether joined names and passwords begin with those of the gateway: {@code proxyuser@user}
 * @param anonymousOnly whether only {@code anonymous} and {@code ftp} may log in at servers
 * @param users the gateway's own users, if it has any: then every client must log in as one
 * @param anonymousPassword the password of anonymous logins that the gateway makes itself, for files by HTTP: by custom a mail address
 */
public record LoginPolicy(
        Set<LoginDialect> dialects,
        char separator,
        boolean proxyUserFirst,
        boolean anonymousOnly,
        Optional<ProxyUsers> users,
        Secret anonymousPassword) {
    private static final Secret ANONYMOUS_PASSWORD = Secret.of("anonymous@ftp-alg");
    private static final int LONGEST_PASSWORD = 200;

    /** Every dialect but those that take a plain user for something else, and no users of the gateway's own. */
    public static final LoginPolicy DEFAULT = new LoginPolicy(
            EnumSet.complementOf(EnumSet.of(LoginDialect.USER_AT_PROXY_USER)), '@', false, false, Optional.empty());

    private static final Set<String> ANONYMOUS = Set.of("anonymous", "ftp");

    public LoginPolicy {
        dialects = dialects.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(dialects));
        if (!isSeparator(separator)) {
            throw new IllegalArgumentException("a separator is a printing character that is no letter and no digit");
        }
        if (!isAnonymousPassword(anonymousPassword.reveal())) {
            throw new IllegalArgumentException("an anonymous password is 1 to 200 printing characters of ASCII");
        }
    }

    /** Makes one with the anonymous password that there is by default. */
    public LoginPolicy(
            Set<LoginDialect> dialects,
            char separator,
            boolean proxyUserFirst,
            boolean anonymousOnly,
            Optional<ProxyUsers> users) {
        this(dialects, separator, proxyUserFirst, anonymousOnly, users, ANONYMOUS_PASSWORD);
    }

    /** Returns whether this may be the password of anonymous logins: 1 to 200 printing characters of ASCII. */
    public static boolean isAnonymousPassword(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_PASSWORD
                && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** Returns whether this may divide user and host: a printing character of ASCII that is no letter and no digit. */
    public static boolean isSeparator(char character) {
        return character > ' ' && character <= '~' && !Character.isLetterOrDigit(character);
    }

    /** Returns whether that is, in upper or lower case, a user whose password is no secret (RFC 1635). */
    public static boolean isAnonymous(String user) {
        return ANONYMOUS.contains(user.toLowerCase(Locale.ROOT));
    }

    /** Returns the same with these users of the gateway. */
    public LoginPolicy withUsers(ProxyUsers known) {
        return new LoginPolicy(
                dialects, separator, proxyUserFirst, anonymousOnly, Optional.of(known), anonymousPassword);
    }

    /** Returns the same with these dialects only. */
    public LoginPolicy withDialects(Set<LoginDialect> understood) {
        return new LoginPolicy(understood, separator, proxyUserFirst, anonymousOnly, users, anonymousPassword);
    }

    /** Returns the same with this password of anonymous logins. */
    public LoginPolicy withAnonymousPassword(Secret password) {
        return new LoginPolicy(dialects, separator, proxyUserFirst, anonymousOnly, users, password);
    }

    /** Returns whether this dialect is understood. */
    public boolean has(LoginDialect dialect) {
        return dialects.contains(dialect);
    }
}
