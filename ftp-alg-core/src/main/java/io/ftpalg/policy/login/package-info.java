/**
 * How clients log in: which dialects of USER are read ({@link io.ftpalg.policy.login.LoginPolicy},
 * {@link io.ftpalg.policy.login.LoginDialect}), the gateway's own users ({@link io.ftpalg.policy.login.ProxyUsers},
 * {@link io.ftpalg.policy.login.ProxyUser}), and who counts failed passwords ({@link io.ftpalg.policy.login.LoginGuard}).
 *
 * <p>Called on the event loop of the session that it concerns, and must not block. Imports the JDK and
 * {@code io.ftpalg.protocol} only.
 *
 * <p><b>Status:</b> stable.
 */
@NullMarked
package io.ftpalg.policy.login;

import org.jspecify.annotations.NullMarked;
