package io.ftpalg.server;

import io.ftpalg.server.metrics.GatewayFacts;
import io.ftpalg.server.otlp.Otlp;
import io.ftpalg.server.runtime.Gateways;
import io.ftpalg.server.runtime.SettingsException;
import io.ftpalg.server.settings.OtlpSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.tls.TlsConfigException;
import java.util.Map;
import java.util.Optional;

/** The export of metrics and traces, where the settings have one: where it meets the gateways. Stateless. */
final class Exports {

    private Exports() {}

    /** Returns the export, not started yet. Reads files. */
    static Optional<Otlp> of(ProgramSettings settings) throws SettingsException {
        try {
            return settings.otlp().isPresent()
                    ? Optional.of(new Otlp(settings.otlp().get()))
                    : Optional.empty();
        } catch (TlsConfigException e) {
            throw new SettingsException(e);
        }
    }

    /** Fails as {@link #of} would, and makes nothing. */
    static void check(ProgramSettings settings) throws SettingsException {
        try {
            if (settings.otlp().isPresent()) {
                Otlp.check(settings.otlp().get());
            }
        } catch (TlsConfigException e) {
            throw new SettingsException(e);
        }
    }

    /** Starts it, with the headers of the config file that runs. */
    static void start(Optional<Otlp> otlp, Gateways gateways, GatewayFacts facts) {
        otlp.ifPresent(export -> export.start(
                facts,
                () -> gateways.settings().otlp().map(OtlpSettings::headers).orElse(Map.of())));
    }

    /** Ends it, after the last session. */
    static void close(Optional<Otlp> otlp) {
        otlp.ifPresent(Otlp::close);
    }
}
