package io.ftpalg.server.tls;

import io.ftpalg.server.tls.trust.NoTrust;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/**
 * Makes the contexts in which the gateway is the TLS server of its clients. Any thread.
 *
 * @param engine what does the work
 * @param profile versions and ciphers
 * @param clientAuth whether clients show a certificate
 * @param clientCas CA bundle for clients
 * @param oneSessionEach whether each FTP session gets a context of its own, so that no other session's ticket resumes it
 */
record ClientContextMaker(
        TlsEngine engine,
        TlsProfile profile,
        ClientAuth clientAuth,
        List<X509Certificate> clientCas,
        boolean oneSessionEach) {
    /** As long as the JDK keeps a TLS session: a client's data connections must be able to resume it all day. */
    private static final Duration RESUMABLE = Duration.ofHours(24);
    /** Preferred first. FileZilla treats its own name as a sign that the server is FileZilla Server. */
    private static final List<String> ALPN = List.of("ftp", "ftp-data", "x-filezilla-ftp");

    ClientContextMaker {
        clientCas = List.copyOf(clientCas);
    }

    /** Returns what gives sessions their context for this credential; each call of the supplier is fit for an event loop. */
    Supplier<SslContext> contexts(Credential credential) throws TlsConfigException {
        SslContext first = make(credential);
        return oneSessionEach ? () -> remake(credential) : () -> first;
    }

    private SslContext remake(Credential credential) {
        try {
            return make(credential);
        } catch (TlsConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /** BoringSSL would parse the key for each handshake if nothing kept it. */
    private KeyManagerFactory keys(Credential credential) {
        KeyManagerFactory keys = new CredentialKeys(credential);
        return engine.provider() == SslProvider.OPENSSL ? new OpenSslCachingX509KeyManagerFactory(keys) : keys;
    }

    private SslContext make(Credential credential) throws TlsConfigException {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(keys(credential));
            if (!clientCas.isEmpty()) {
                builder.trustManager(clientCas);
            } else if (clientAuth == ClientAuth.NONE) {
                // No client shows a certificate; BoringSSL would be given all CAs of the JDK, which takes 8 ms a
                // context.
                builder.trustManager(new NoTrust());
            }
            SslContext context = builder.sslProvider(engine.provider())
                    .protocols(profile.protocols())
                    .ciphers(profile.ciphers(), SupportedCipherSuiteFilter.INSTANCE)
                    .clientAuth(clientAuth)
                    .sessionTimeout(RESUMABLE.toSeconds())
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            ALPN))
                    .build();
            if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
                // Tickets are off otherwise; without keys of ours BoringSSL makes its own and changes them in time.
                sessions.setTicketKeys();
            }
            return context;
        } catch (SSLException | IllegalArgumentException e) {
            throw TlsConfigException.of(
                    credential.certificate().getSubjectX500Principal(),
                    "cannot be used with engine " + engine.resolved(),
                    e);
        }
    }
}
