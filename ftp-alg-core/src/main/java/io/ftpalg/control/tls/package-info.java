/**
 * TLS of one session, on its control connections and for its data connections.
 *
 * <p>Read in this order: {@link io.ftpalg.control.tls.GatewayTls} is where contexts come from;
 * {@link io.ftpalg.control.tls.ControlTls} starts and ends TLS on a control connection, where a
 * {@link io.ftpalg.control.tls.ClientHelloHandler} waits for the {@link io.ftpalg.control.tls.ClientHello} first;
 * {@link io.ftpalg.control.tls.SessionDataTls} makes a {@link io.ftpalg.control.tls.DataTls} for each data connection; {@link io.ftpalg.control.tls.ResumptionWatch} tells whether
 * a handshake resumed a session, and {@link io.ftpalg.control.tls.TlsRecordBytes} how much of a record waits for its rest.
 *
 * <p>Uses the names of handlers in {@code control.channel}; imports no other package of {@code control}.
 */
@NullMarked
package io.ftpalg.control.tls;

import org.jspecify.annotations.NullMarked;
