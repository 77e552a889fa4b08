package io.ftpalg.policy.login;

/**
 * How a client names its server to the gateway and, where the gateway has users of its own, its user there. Without users of its
 * own the gateway leaves out what is theirs.
 */
public enum LoginDialect {
    /** {@code USER user@host}, {@code PASS}; after a login at the gateway if it has users: {@code USER proxyuser}, {@code PASS}. */
    USER_AT_HOST("user@host"),
    /** {@code SITE host}, before or after a login at the gateway, then {@code USER user}, {@code PASS}. */
    SITE("site"),
    /** {@code OPEN host}, before or after a login at the gateway, then {@code USER user}, {@code PASS}. */
    OPEN("open"),
    /** {@code USER user@proxyuser@host}, {@code PASS password@proxypassword}. */
    JOINED("user@proxyuser@host"),
    /** {@code USER proxyuser@host}, {@code PASS proxypassword}, then {@code USER user}, {@code PASS}. */
    PROXY_USER_AT_HOST("proxyuser@host"),
    /** {@code USER user@host proxyuser}, {@code PASS password}, {@code ACCT proxypassword}. */
    ACCOUNT("account"),
    /** {@code USER user@proxyuser}, {@code PASS password@proxypassword}, where the server is configured. */
    USER_AT_PROXY_USER("user@proxyuser");

    private final String text;

    LoginDialect(String text) {
        this.text = text;
    }

    /** Returns its name as people write it. */
    public String text() {
        return text;
    }
}
