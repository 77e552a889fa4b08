/**
 * Data connections under TLS: their handshake, and which end of theirs is the end of a file.
 *
 * <p>Read in this order: {@link io.ftpalg.data.tls.LegTls} is TLS of a leg as the session has it;
 * {@link io.ftpalg.data.tls.RelayEnd} is a connection to its relay, in the clear or a {@link io.ftpalg.data.tls.TlsEnd}, with a
 * {@link io.ftpalg.data.tls.TlsGate} and {@link io.ftpalg.data.tls.DeferredSessionTickets} before the SslHandler;
 * {@link io.ftpalg.data.tls.TlsErrors} finds what failed in the exceptions of the engines.
 *
 * <p>Imports of data {@code port}, {@code leg} and {@code channel}; nothing of a relay but the interface it is called by.
 */
@NullMarked
package io.ftpalg.data.tls;

import org.jspecify.annotations.NullMarked;
