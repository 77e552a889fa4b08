package io.ftpalg.server.admin.api;

import io.ftpalg.server.json.Json;
import io.ftpalg.server.runtime.MadeGateway;
import io.ftpalg.server.tls.CertificateChoice;
import io.ftpalg.server.tls.Credential;
import io.ftpalg.server.tls.CredentialSource;
import io.ftpalg.server.tls.TlsConfigException;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The certificates in the files that the config names, as they are now. Stateless; reads files. */
final class CertificateList {
    private static final int EXPIRING_DAYS = 21;

    private record Shown(String side, String listener, Path file, X509Certificate certificate) {}

    private CertificateList() {}

    static Json.Fields of(List<MadeGateway> gateways) {
        Instant now = Instant.now();
        return Json.object()
                .put(
                        "certificates",
                        gateways.stream()
                                .flatMap(CertificateList::shown)
                                .sorted(Comparator.comparing(
                                        one -> one.certificate().getNotAfter()))
                                .map(one -> json(one, now))
                                .toList());
    }

    private static Stream<Shown> shown(MadeGateway made) {
        String listener = ServerRoutes.name(made);
        List<Shown> shown = new ArrayList<>();
        made.settings().clientTls().leg().ifPresent(leg -> {
            if (leg.certificates() instanceof CertificateChoice.Stored stored) {
                stored.sources().forEach(source -> add(shown, "client", listener, source));
            } else if (leg.certificates() instanceof CertificateChoice.Minted minted) {
                add(shown, "client", listener, minted.ca());
            }
        });
        made.settings()
                .serverTls()
                .leg()
                .flatMap(leg -> leg.credential())
                .ifPresent(pair -> add(shown, "server", listener, pair));
        return shown.stream();
    }

    /** A file that cannot be read is reported where it is used: it is left out here. */
    private static void add(List<Shown> shown, String side, String listener, CredentialSource source) {
        try {
            for (Credential credential : source.load()) {
                shown.add(new Shown(side, listener, source.files().get(0), credential.certificate()));
            }
        } catch (TlsConfigException e) {
            return;
        }
    }

    private static Json.Fields json(Shown one, Instant now) {
        X509Certificate certificate = one.certificate();
        Instant end = certificate.getNotAfter().toInstant();
        long days = Duration.between(now, end).toDays();
        return Json.object()
                .put("side", one.side())
                .put("listener", one.listener())
                .put("file", one.file().toString())
                .put("subject", certificate.getSubjectX500Principal().getName())
                .put("issuer", certificate.getIssuerX500Principal().getName())
                .put("names", names(certificate))
                .put("notBefore", Values.time(certificate.getNotBefore().toInstant()))
                .put("notAfter", Values.time(end))
                .put("daysLeft", days)
                .put("state", now.isAfter(end) ? "expired" : days < EXPIRING_DAYS ? "expiring" : "valid");
    }

    /** The DNS names and addresses that it is for. */
    private static List<String> names(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .map(name -> name.get(1))
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
