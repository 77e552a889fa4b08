package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.Key.Kind.FILE;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;
import static io.ftpalg.server.keys.form.Key.Kind.TIME;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.files.HeaderFile;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.settings.OtlpSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of {@code otlp}, the export of metrics and traces, and the settings that they come to. */
final class OtlpKeys {
    private static final int LONGEST_ATTRIBUTE = 255;
    private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,99}");
    private static final Pattern RATIO = Pattern.compile("0|1|[01]?\\.[0-9]{1,9}|1\\.0{1,9}");

    static final Key<URI> ENDPOINT = Key.of(
                    "endpoint",
                    TEXT,
                    "URL",
                    "base URL of the collector, such as http://127.0.0.1:4318; /v1/metrics and /v1/traces are appended",
                    OtlpKeys::endpoint)
            .needed();
    static final Key<Boolean> METRICS = Key.flag("metrics", "export of metrics").standard("true");
    static final Key<Boolean> TRACES = Key.flag(
                    "traces", "export of a trace for each session: its span and those of its transfers")
            .standard("true");
    static final Key<Duration> INTERVAL = Key.of(
                    "interval", TIME, "TIME", "time between two exports of metrics", Meanings::time)
            .standard("60s");
    static final Key<Map<String, Secret>> HEADERS_FILE = Key.of(
            "headers-file",
            FILE,
            "FILE",
            "headers of each request, a line NAME: VALUE each, such as Authorization",
            file -> HeaderFile.read(Path.of(file)));
    static final Key<Path> CA = Key.of(
            "ca",
            FILE,
            "FILE",
            "CA bundle (PEM) for the certificate of the collector; that of Java if left out",
            Path::of);
    static final Key<String> SERVICE_NAME = Key.of(
                    "service-name", TEXT, "NAME", "resource attribute service.name", OtlpKeys::printing)
            .standard("ftp-alg");
    static final Key<Map.Entry<String, String>> RESOURCE_ATTRIBUTES = Key.of(
                    "resource-attributes",
                    TEXT,
                    "NAME=VALUE",
                    "more resource attributes, such as deployment.environment.name=test",
                    OtlpKeys::attribute)
            .repeatable();
    static final Key<Double> TRACE_RATIO = Key.of(
                    "trace-ratio",
                    TEXT,
                    "0 to 1",
                    "share of sessions that have a trace, chosen at random",
                    OtlpKeys::ratio)
            .standard("1");
    static final Section OTLP = Section.of(
            "otlp",
            "export of metrics and traces to an OpenTelemetry collector (OTLP over HTTP); off if left out",
            ENDPOINT,
            METRICS,
            TRACES,
            INTERVAL,
            HEADERS_FILE,
            CA,
            SERVICE_NAME,
            RESOURCE_ATTRIBUTES,
            TRACE_RATIO);

    private OtlpKeys() {}

    /** Returns the settings, if the section is given; a problem was reported where they are missing then. */
    static Optional<OtlpSettings> read(Given program) {
        if (!program.offers(OTLP) || !program.has(OTLP)) {
            return Optional.empty();
        }
        Given otlp = program.section(OTLP);
        boolean metrics = otlp.get(METRICS);
        boolean traces = otlp.get(TRACES);
        if (!metrics && !traces) {
            otlp.problem("otlp exports nothing: set metrics or traces to true, or leave out otlp", TRACES);
        }
        Optional<Path> ca = otlp.one(CA);
        Map<String, String> attributes = new LinkedHashMap<>();
        otlp.all(RESOURCE_ATTRIBUTES).forEach(one -> attributes.put(one.getKey(), one.getValue()));
        return otlp.one(ENDPOINT).map(endpoint -> {
            if (ca.isPresent() && !endpoint.getScheme().equals("https")) {
                otlp.problem("ca is for an endpoint with https only: leave it out, or use https", CA);
            }
            return new OtlpSettings(
                    endpoint,
                    metrics,
                    traces,
                    otlp.get(INTERVAL),
                    otlp.one(HEADERS_FILE).orElse(Map.of()),
                    ca,
                    otlp.get(SERVICE_NAME),
                    attributes,
                    otlp.get(TRACE_RATIO));
        });
    }

    /** Returns a base URL without a slash at its end. */
    private static URI endpoint(String text) {
        try {
            URI uri = new URI(text.replaceFirst("/+$", ""));
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            if (uri.getHost() != null
                    && plain
                    && (scheme.equals("http") || scheme.equals("https"))
                    && uri.getPort() != 0
                    && uri.getPort() <= 65535) {
                return new URI(scheme + uri.toString().substring(scheme.length()));
            }
        } catch (URISyntaxException e) {
            // As any other text that is no such URL.
        }
        throw new IllegalArgumentException(
                "expected http://HOST:PORT or https://HOST:PORT, without a user; a password or token belongs in headers-file");
    }

    /** Returns a name and its value. */
    private static Map.Entry<String, String> attribute(String text) {
        int equals = text.indexOf('=');
        String name = text.substring(0, Math.max(equals, 0));
        if (!ATTRIBUTE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("expected NAME=VALUE, such as deployment.environment.name=test");
        }
        if (name.equals("service.name")) {
            throw new IllegalArgumentException("service.name has a key of its own, service-name");
        }
        return Map.entry(name, printing(text.substring(equals + 1)));
    }

    /** Returns the text, if it is one for an attribute. */
    private static String printing(String text) {
        if (text.isBlank() || text.length() > LONGEST_ATTRIBUTE || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("expected 1 to " + LONGEST_ATTRIBUTE + " printing characters");
        }
        return text;
    }

    /** Returns a share. */
    private static double ratio(String text) {
        if (!RATIO.matcher(text).matches() || Double.parseDouble(text) > 1) {
            throw new IllegalArgumentException("expected a number from 0 to 1, such as 0.1");
        }
        return Double.parseDouble(text);
    }
}
