package io.ftpalg.server.tls;

import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The key of one credential for a TLS server, from memory: a PKCS#12 store in between would derive a key from its password
 * (PBKDF2), which takes tens of milliseconds a context.
 */
final class CredentialKeys extends SimpleKeyManagerFactory {
    private static final String ALIAS = "key";

    private final KeyManager manager;

    CredentialKeys(Credential credential) {
        this.manager = new OneKey(credential);
    }

    @Override
    protected void engineInit(@Nullable KeyStore keyStore, char @Nullable [] password) {
        // There is nothing to load.
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {
        // There is nothing to load.
    }

    @Override
    protected KeyManager[] engineGetKeyManagers() {
        return new KeyManager[] {manager};
    }

    private static final class OneKey extends X509ExtendedKeyManager {
        private final Credential credential;

        OneKey(Credential credential) {
            this.credential = credential;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
            return alias(keyType);
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
            return alias(keyType);
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            String alias = alias(keyType);
            return alias == null ? null : new String[] {alias};
        }

        /** Types such as EC_RSA name the issuer's key too, which is not for this end to choose. */
        private @Nullable String alias(String keyType) {
            int issuer = keyType.indexOf('_');
            String own = issuer < 0 ? keyType : keyType.substring(0, issuer);
            return own.equals(credential.certificate().getPublicKey().getAlgorithm()) ? ALIAS : null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return alias.equals(ALIAS) ? credential.chainArray() : null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return alias.equals(ALIAS) ? credential.key() : null;
        }
    }
}
