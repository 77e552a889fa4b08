package io.ftpalg.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the certificate to one connection only, the first: every later one has to resume its TLS session, or its handshake
 * fails. A resumed handshake does not ask for the key (JDK engine).
 *
 * <p>One for each FTP session, whose control connection is the first; asked by the threads that do its handshakes.
 */
final class SessionKeyManager extends X509ExtendedKeyManager {
    private static final String ALIAS = "it";

    private final Credential credential;
    private final AtomicReference<@Nullable SSLEngine> first = new AtomicReference<>();

    SessionKeyManager(Credential credential) {
        this.credential = credential;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        boolean fits = keyType.startsWith(credential.key().getAlgorithm());
        return fits && (first.compareAndSet(null, engine) || first.get() == engine) ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return credential.chainArray();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return credential.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
