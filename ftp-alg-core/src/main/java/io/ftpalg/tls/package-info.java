/**
 * Where the gateway gets its TLS contexts from: an embedder brings its own, made by Netty's
 * {@link io.netty.handler.ssl.SslContextBuilder} with engine, certificates and trust store of its choice.
 *
 * <p>{@link io.ftpalg.tls.ClientTlsContexts} for connections with clients, {@link io.ftpalg.tls.ServerTlsContexts} for
 * connections with servers. Whether TLS is used is policy: {@link io.ftpalg.policy.tls.ClientTls} and
 * {@link io.ftpalg.policy.tls.ServerTls}. Imports policy and Netty.
 *
 * <p><b>Status:</b> stable.
 */
@NullMarked
package io.ftpalg.tls;

import org.jspecify.annotations.NullMarked;
