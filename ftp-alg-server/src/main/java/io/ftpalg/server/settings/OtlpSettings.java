package io.ftpalg.server.settings;

import io.ftpalg.protocol.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where and what is exported by OTLP over HTTP; at least one of {@code metrics} and {@code traces} is on.
 *
 * @param endpoint the base URL of the collector, without a slash at its end
 * @param metrics whether metrics are exported
 * @param traces whether spans are exported
 * @param interval time between two exports of metrics
 * @param headers headers of each request
 * @param ca the file of the CAs for the collector's certificate, those of the JDK if absent
 * @param serviceName the resource attribute {@code service.name}
 * @param resourceAttributes more attributes of the resource
 * @param traceRatio the share of sessions that have a trace, 0 to 1
 */
public record OtlpSettings(
        URI endpoint,
        boolean metrics,
        boolean traces,
        Duration interval,
        Map<String, Secret> headers,
        Optional<Path> ca,
        String serviceName,
        Map<String, String> resourceAttributes,
        double traceRatio) {
    public OtlpSettings {
        headers = Map.copyOf(headers);
        resourceAttributes = Map.copyOf(resourceAttributes);
    }

    /** Returns the same with these headers. */
    public OtlpSettings withHeaders(Map<String, Secret> others) {
        return new OtlpSettings(
                endpoint, metrics, traces, interval, others, ca, serviceName, resourceAttributes, traceRatio);
    }
}
