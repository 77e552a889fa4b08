/**
 * What clients and servers must have of TLS ({@link io.ftpalg.policy.tls.ClientTls}, {@link io.ftpalg.policy.tls.ServerTls}), and
 * what a handshake came to ({@link io.ftpalg.policy.tls.TlsDetails}, {@link io.ftpalg.policy.tls.TlsFailure}). Values.
 *
 * <p>Imports {@code policy.login} and {@code io.ftpalg.protocol}. The contexts are in {@code io.ftpalg.tls}.
 *
 * <p><b>Status:</b> stable.
 */
@NullMarked
package io.ftpalg.policy.tls;

import org.jspecify.annotations.NullMarked;
