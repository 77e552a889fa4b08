package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.Key.Kind.COUNT;
import static io.ftpalg.server.keys.form.Key.Kind.FILE;
import static io.ftpalg.server.keys.form.Key.Kind.PATH;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;
import static io.ftpalg.server.keys.form.Key.Kind.TIME;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import io.ftpalg.server.audit.sink.AuditSettings;
import io.ftpalg.server.audit.sink.SinkSettings;
import io.ftpalg.server.audit.sink.SinkSettings.Bounds;
import io.ftpalg.server.audit.sink.SinkSettings.Facility;
import io.ftpalg.server.audit.sink.SinkSettings.FileSettings;
import io.ftpalg.server.audit.sink.SinkSettings.Format;
import io.ftpalg.server.audit.sink.SinkSettings.Protocol;
import io.ftpalg.server.audit.sink.SinkSettings.Rotation;
import io.ftpalg.server.audit.sink.SinkSettings.Sync;
import io.ftpalg.server.audit.sink.SinkSettings.SyslogSettings;
import io.ftpalg.server.audit.sink.SinkSettings.WebhookSettings;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code audit}, and the settings that they come to. */
final class AuditKeys {
    private static final long MOST = 1L << 40;
    /** Stands for a port that is left out: no syslog server listens there. */
    private static final int NO_PORT = 1;

    static final Key<String> INSTANCE = Key.of(
            "instance", TEXT, "NAME", "name of the gateway in records; that of the host if left out", AuditKeys::name);

    static final Key<String> NAME = Key.of(
            "name",
            TEXT,
            "NAME",
            "name of the sink in its metric and in the log; its kind if left out",
            AuditKeys::name);
    static final Key<Boolean> MUST = Key.flag(
                    "must", "refuse new sessions (421) and transfers (452) while the sink cannot write")
            .standard("false");
    static final Key<Integer> QUEUE_RECORDS = Key.of(
                    "queue-records",
                    COUNT,
                    "1 to 1000000",
                    "records that wait for the sink; more are dropped",
                    text -> Meanings.number(text, 1, 1_000_000))
            .standard("10000");
    static final Key<Long> QUEUE_BYTES = Key.of(
                    "queue-bytes",
                    TEXT,
                    "SIZE",
                    "memory that they take; more are dropped",
                    text -> Meanings.bytes(text, 1024, MOST))
            .standard("32MB");

    static final Key<Path> PATH_OF_FILE = Key.of(
                    "path", PATH, "FILE", "the file, such as /var/log/ftp-alg/audit.json", Path::of)
            .needed();
    static final Key<Format> FORMAT = Key.choice(
                    "format",
                    Format.values(),
                    "json: all records; xferlog: transfers of files, for tools that read WU-FTPD's log")
            .standard("json");
    static final Key<Sync> SYNC = Key.choice(
                    "sync",
                    Sync.values(),
                    "when records are written through to the disk: when the system does, each second, or each at once")
            .standard("interval");
    static final Key<Long> ROTATE_SIZE = Key.of(
                    "rotate-size",
                    TEXT,
                    "SIZE",
                    "size at which the file is rotated; 0 is never",
                    text -> Meanings.bytes(text, 0, MOST))
            .standard("100MB");
    static final Key<Duration> ROTATE_EVERY =
            Key.of("rotate-every", TIME, "TIME", "age at which it is rotated, such as 24h", Meanings::time);
    static final Key<Boolean> COMPRESS =
            Key.flag("compress", "compress rotated files (gzip)").standard("true");
    static final Key<Integer> KEEP_FILES = Key.of(
                    "keep-files",
                    COUNT,
                    "0 to 100000",
                    "rotated files that are kept; 0 is all",
                    text -> Meanings.number(text, 0, 100_000))
            .standard("0");
    static final Key<Duration> KEEP_TIME =
            Key.of("keep-time", TIME, "TIME", "time that they are kept, such as 2160h", Meanings::time);
    static final Key<Secret> CHAIN_KEY_FILE = Key.of(
            "chain-key-file",
            FILE,
            "FILE",
            "key of the hash chain (HMAC), the first line of the file; without it anyone can compute the hashes",
            Meanings::token);
    static final Section FILES = Section.oneOrMore(
            "file",
            "files of lines, those of JSON linked by hashes; docs/audit.md",
            PATH_OF_FILE,
            NAME,
            MUST,
            FORMAT,
            SYNC,
            ROTATE_SIZE,
            ROTATE_EVERY,
            COMPRESS,
            KEEP_FILES,
            KEEP_TIME,
            CHAIN_KEY_FILE,
            QUEUE_RECORDS,
            QUEUE_BYTES);
    static final Key<Protocol> PROTOCOL =
            Key.choice("protocol", Protocol.values(), "how messages get there").standard("tls");
    static final Key<HostPort> SERVER = Key.of(
                    "server",
                    TEXT,
                    "HOST[:PORT]",
                    "the server; port 6514 with tls, else 514, if left out",
                    AuditKeys::server)
            .needed();
    static final Key<Path> CA = Key.of(
            "ca", FILE, "FILE", "CA bundle for verifying its certificate (PEM); the JDK's CAs if left out", Path::of);
    static final Key<Facility> FACILITY = Key.choice("facility", Facility.values(), "facility of the messages")
            .standard("local0");
    static final Section SYSLOG = Section.oneOrMore(
            "syslog",
            "syslog servers that get records as messages of RFC 5424; docs/audit.md",
            SERVER,
            PROTOCOL,
            CA,
            FACILITY,
            NAME,
            MUST,
            QUEUE_RECORDS,
            QUEUE_BYTES);
    static final Key<URI> URL = Key.of(
                    "url", TEXT, "URL", "where batches are posted to, http:// or https://", AuditKeys::url)
            .needed();
    static final Key<Secret> SECRET_FILE =
            Key.of("secret-file", FILE, "FILE", "key of the signatures of requests, the first line", Meanings::token);
    static final Section WEBHOOK = Section.oneOrMore(
            "webhook",
            "HTTP servers that get records in batches; docs/audit.md",
            URL,
            SECRET_FILE,
            CA,
            NAME,
            MUST,
            QUEUE_RECORDS,
            QUEUE_BYTES);
    static final Section AUDIT = Section.of(
            "audit",
            "records of sessions, logins, transfers and what operators do; off if left out",
            INSTANCE,
            FILES,
            SYSLOG,
            WEBHOOK);

    private AuditKeys() {}

    private static String name(String text) {
        if (!text.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("expected up to 64 letters, digits, points, hyphens and underscores");
        }
        return text;
    }

    /** Returns the settings, if the section is given; a problem was reported where they are missing then. */
    static Optional<AuditSettings> read(Given program) {
        if (!program.offers(AUDIT) || !program.has(AUDIT)) {
            return Optional.empty();
        }
        Given audit = program.section(AUDIT);
        if (!audit.has(FILES) && !audit.has(SYSLOG) && !audit.has(WEBHOOK)) {
            audit.problem("audit has no sink: give file, syslog or webhook");
        }
        List<SinkSettings> sinks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<Path> paths = new HashSet<>();
        for (Given file : audit.sections(FILES)) {
            checkName(file, "file", names);
            file.one(PATH_OF_FILE).ifPresent(path -> {
                if (!paths.add(path.toAbsolutePath().normalize())) {
                    file.problem("two sinks write to " + path + ": give each a path of its own", PATH_OF_FILE);
                }
                sinks.add(file(file, path));
            });
        }
        for (Given syslog : audit.sections(SYSLOG)) {
            checkName(syslog, "syslog", names);
            syslog.one(SERVER).ifPresent(server -> sinks.add(syslog(syslog, server)));
        }
        for (Given webhook : audit.sections(WEBHOOK)) {
            checkName(webhook, "webhook", names);
            webhook.one(URL).ifPresent(url -> sinks.add(webhook(webhook, url)));
        }
        return Optional.of(new AuditSettings(audit.one(INSTANCE).orElseGet(AuditKeys::hostName), sinks));
    }

    private static void checkName(Given sink, String kind, Set<String> names) {
        String name = sink.one(NAME).orElse(kind);
        if (!names.add(name)) {
            sink.problem("two sinks are called " + name + ": give each a name of its own", NAME);
        }
    }

    private static FileSettings file(Given file, Path path) {
        if (file.get(FORMAT) == Format.XFERLOG && file.has(CHAIN_KEY_FILE)) {
            file.problem(
                    "chain-key-file is for format json: lines of an xferlog have no hashes: leave it out",
                    CHAIN_KEY_FILE);
        }
        return new FileSettings(
                file.one(NAME).orElse("file"),
                file.get(MUST),
                new Bounds(file.get(QUEUE_RECORDS), file.get(QUEUE_BYTES)),
                path,
                file.get(FORMAT),
                new Rotation(
                        file.get(ROTATE_SIZE),
                        file.one(ROTATE_EVERY),
                        file.get(COMPRESS),
                        file.get(KEEP_FILES),
                        file.one(KEEP_TIME)),
                file.get(SYNC),
                file.one(CHAIN_KEY_FILE));
    }

    private static HostPort server(String text) {
        return HostPort.parse(text, NO_PORT)
                .orElseThrow(() -> new IllegalArgumentException("expected HOST[:PORT] or [IPV6][:PORT]"));
    }

    private static SyslogSettings syslog(Given syslog, HostPort server) {
        Protocol protocol = syslog.get(PROTOCOL);
        if (protocol != Protocol.TLS && syslog.has(CA)) {
            syslog.problem("ca is for protocol tls only: leave it out, or give that", CA);
        }
        return new SyslogSettings(
                syslog.one(NAME).orElse("syslog"),
                syslog.get(MUST),
                new Bounds(syslog.get(QUEUE_RECORDS), syslog.get(QUEUE_BYTES)),
                server.port() == NO_PORT ? new HostPort(server.host(), protocol.port()) : server,
                protocol,
                syslog.one(CA),
                syslog.get(FACILITY));
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "expected http://HOST[:PORT]/PATH or https://..., without user and password");
        }
        return url;
    }

    private static WebhookSettings webhook(Given webhook, URI url) {
        if (url.getScheme().equals("http") && webhook.has(CA)) {
            webhook.problem("ca is for https only: leave it out, or give https://...", CA);
        }
        return new WebhookSettings(
                webhook.one(NAME).orElse("webhook"),
                webhook.get(MUST),
                new Bounds(webhook.get(QUEUE_RECORDS), webhook.get(QUEUE_BYTES)),
                url,
                webhook.one(SECRET_FILE),
                webhook.one(CA));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "ftp-alg";
        }
    }
}
