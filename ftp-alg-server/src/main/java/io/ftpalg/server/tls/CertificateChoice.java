package io.ftpalg.server.tls;

import io.ftpalg.protocol.IpLiteral;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Where the certificates that clients see come from. */
public sealed interface CertificateChoice {

    /**
     * Files, read again when they change.
     *
     * @param sources the files; the first certificate of the first is for clients that ask for no name, or another
     */
    record Stored(List<CredentialSource> sources) implements CertificateChoice {
        public Stored {
            sources = List.copyOf(sources);
        }
    }

    /**
     * A self-signed one, made at start.
     *
     * @param names the names and addresses it is for
     */
    record SelfSigned(List<String> names) implements CertificateChoice {
        public SelfSigned {
            names = List.copyOf(names);
        }
    }

    /**
     * One that was made elsewhere.
     *
     * @param credential the certificate and its key
     */
    record Given(Credential credential) implements CertificateChoice {}

    /**
     * Made for each name that clients ask for, and signed by this CA.
     *
     * @param ca the CA's certificate and key
     * @param otherwise the name for clients that ask for none; the address that they connected to if absent
     */
    record Minted(CredentialSource.PemPair ca, Optional<String> otherwise) implements CertificateChoice {
        String name(Optional<String> asked, InetSocketAddress listener) {
            return asked.or(() -> otherwise).orElseGet(() -> IpLiteral.format(listener.getAddress()));
        }
    }
}
