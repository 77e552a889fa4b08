/**
 * TLS of the standalone gateway: engine and certificates, and the contexts that the gateway's core uses.
 *
 * <p>Read in this order: {@link io.ftpalg.server.tls.TlsEngine} and {@link io.ftpalg.server.tls.TlsProfile};
 * {@link io.ftpalg.server.tls.Credential}, a certificate with its key, where {@code PemFiles}, {@code CredentialSource} and
 * {@code CertificateMaker} get it from;
 * {@link io.ftpalg.server.tls.ClientLeg}, what TLS with clients is to be, which makes {@code StoredCertificates} or
 * {@code MintedCertificates} of {@code ClientContextMaker}'s contexts, the latter with a {@code MintingQueue}; {@link io.ftpalg.server.tls.ServerLeg}, what TLS with
 * servers is to be, which makes contexts with the checks of {@code tls.trust};
 * {@link io.ftpalg.server.tls.CaSockets}, for what is not FTP.
 *
 * <p>Does not use the command line. What is wrong with a file or an engine is a {@code TlsConfigException} of one line.
 */
@NullMarked
package io.ftpalg.server.tls;

import org.jspecify.annotations.NullMarked;
