package io.ftpalg.server.metrics;

import io.ftpalg.server.files.FileStamps;
import io.ftpalg.server.tls.Credential;
import io.ftpalg.server.tls.CredentialSource;
import io.ftpalg.server.tls.TlsConfigException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When the certificates of files end. Reads a file again when it has changed. Used by one thread, which it blocks. */
final class CertificateExpiry {
    private static final Logger logger = LoggerFactory.getLogger(CertificateExpiry.class);

    private final MultiGauge gauge;
    private Map<CredentialSource, Read> known = Map.of();

    /** What was read of a file. */
    private record Read(FileStamps stamps, List<MultiGauge.Row<?>> rows) {}

    CertificateExpiry(MeterRegistry registry) {
        gauge = MultiGauge.builder("ftp.alg.certificate.expiry.timestamp")
                .description("when a certificate of the gateway ends, as a time of Unix")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Brings the gauges up to these files. */
    void update(List<CredentialSource> sources) {
        Map<CredentialSource, Read> now = new HashMap<>();
        for (CredentialSource source : sources) {
            FileStamps stamps = FileStamps.of(source.files());
            Read before = known.get(source);
            now.put(source, before != null && before.stamps().equals(stamps) ? before : read(source, stamps, before));
        }
        if (!now.equals(known)) {
            known = now;
            gauge.register(
                    now.values().stream().flatMap(read -> read.rows().stream()).toList(), true);
        }
    }

    /** A file that cannot be read now is not used now either: what it had last continues to be in use. */
    private static Read read(CredentialSource source, FileStamps stamps, @Nullable Read before) {
        try {
            List<MultiGauge.Row<?>> rows = new ArrayList<>();
            for (Credential credential : source.load()) {
                rows.add(MultiGauge.Row.of(
                        Tags.of(
                                "file", source.files().get(0).toString(),
                                "subject",
                                        credential
                                                .certificate()
                                                .getSubjectX500Principal()
                                                .getName()),
                        credential.certificate().getNotAfter().toInstant().getEpochSecond()));
            }
            return new Read(stamps, rows);
        } catch (TlsConfigException e) {
            logger.debug("certificate not read: {}", e.getMessage());
            return new Read(stamps, before == null ? List.of() : before.rows());
        }
    }
}
