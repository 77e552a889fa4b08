/**
 * How certificates of servers are checked: {@link io.ftpalg.server.tls.trust.TrustChoice} is what is configured,
 * {@link io.ftpalg.server.tls.trust.ServerTrust} the check, by {@link io.ftpalg.server.tls.trust.ChainTrust},
 * {@link io.ftpalg.server.tls.trust.PinTrust} or {@link io.ftpalg.server.tls.trust.NoTrust};
 * {@link io.ftpalg.server.tls.trust.Certificates} reads certificates. It imports no other package of the server.
 */
@NullMarked
package io.ftpalg.server.tls.trust;

import org.jspecify.annotations.NullMarked;
