/**
 * AUTH, PBSZ, PROT and CCC: TLS between client and gateway, and at the server where it follows the client's side.
 *
 * <p>Read in this order: {@link io.ftpalg.session.tls.TlsRule}; {@link io.ftpalg.session.tls.AuthExchange};
 * {@link io.ftpalg.session.tls.ProtExchange}; {@link io.ftpalg.session.tls.TransparentExchange} for TLS that passes through
 * unread.
 *
 * <p>Imports {@code session.login}, since an AUTH may start the session again, and below.
 */
@NullMarked
package io.ftpalg.session.tls;

import org.jspecify.annotations.NullMarked;
