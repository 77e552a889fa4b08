package io.ftpalg.server.tls;

import io.ftpalg.server.files.RegularFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files with credentials. Reading blocks: never on an event loop. */
public sealed interface CredentialSource {

    /** Reads the credentials, at least one. */
    List<Credential> load() throws TlsConfigException;

    /** Returns the files that {@link #load} reads. */
    List<Path> files();

    /**
     * A certificate and its key in PEM.
     *
     * @param certificate the file of the certificate and its chain
     * @param key the file of the key; may be the same
     */
    record PemPair(Path certificate, Path key) implements CredentialSource {
        @Override
        public List<Credential> load() throws TlsConfigException {
            Credential credential = new Credential(PemFiles.privateKey(key), PemFiles.certificates(certificate));
            if (!credential.keyMatches()) {
                throw new TlsConfigException(key + ": is not the key of " + certificate);
            }
            return List.of(credential);
        }

        @Override
        public List<Path> files() {
            return List.of(certificate, key);
        }
    }

    /**
     * All keys of a PKCS#12 keystore, in the order of its aliases.
     *
     * @param file the keystore
     * @param passwordFile the file whose first line is the password of the store and its keys; none if absent
     */
    record Pkcs12(Path file, Optional<Path> passwordFile) implements CredentialSource {
        @Override
        public List<Credential> load() throws TlsConfigException {
            char[] password = passwordFile.isPresent() ? firstLine(passwordFile.get()) : new char[0];
            try (InputStream in = RegularFiles.open(file)) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(in, password);
                return credentials(store, password);
            } catch (IOException e) {
                throw e.getCause() instanceof GeneralSecurityException
                        ? new TlsConfigException(file + ": the keystore's password is wrong")
                        : notReadable(e);
            } catch (GeneralSecurityException e) {
                throw TlsConfigException.of(file, "is not a usable PKCS#12 keystore", e);
            } finally {
                Arrays.fill(password, '\0');
            }
        }

        private TlsConfigException notReadable(IOException e) {
            // The parser, too, reports wrong bytes by an IOException.
            return !(e instanceof FileSystemException)
                    ? TlsConfigException.of(file, "is not a usable PKCS#12 keystore", e)
                    : PemFiles.unreadable(file, e);
        }

        private List<Credential> credentials(KeyStore store, char[] password)
                throws GeneralSecurityException, TlsConfigException {
            List<Credential> found = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                Certificate[] chain = store.getCertificateChain(alias);
                if (chain != null && store.getKey(alias, password) instanceof PrivateKey key) {
                    found.add(new Credential(
                            key,
                            Stream.of(chain).map(X509Certificate.class::cast).toList()));
                }
            }
            if (found.isEmpty()) {
                throw new TlsConfigException(file + ": has no private key with a certificate");
            }
            return List.copyOf(found);
        }

        private static char[] firstLine(Path passwords) throws TlsConfigException {
            try {
                return new String(RegularFiles.bytes(passwords), StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElse("")
                        .toCharArray();
            } catch (IOException e) {
                throw PemFiles.unreadable(passwords, e);
            }
        }

        @Override
        public List<Path> files() {
            return Stream.concat(Stream.of(file), passwordFile.stream()).toList();
        }
    }
}
