package io.ftpalg.server.audit.sink;

import io.ftpalg.server.audit.record.AuditRecord;
import io.ftpalg.server.audit.sink.SinkSettings.FileSettings;
import io.ftpalg.server.audit.sink.SinkSettings.Protocol;
import io.ftpalg.server.audit.sink.SinkSettings.SyslogSettings;
import io.ftpalg.server.audit.sink.SinkSettings.WebhookSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Makes sinks of what is configured, and checks whether they could be used. Stateless. */
public final class Sinks {

    private static final Duration LONGEST_RESPONSE = Duration.ofSeconds(10);

    private Sinks() {}

    /** Returns the sink, which opens what it needs when it is used. */
    public static Sink of(SinkSettings settings, AuditRecord.Origin origin) {
        if (settings instanceof FileSettings file) {
            return new FileSink(file, origin, Clock.system(ZoneId.systemDefault()));
        }
        if (settings instanceof SyslogSettings syslog) {
            return new SyslogSink(syslog, transport(syslog));
        }
        if (settings instanceof WebhookSettings webhook) {
            return new WebhookSink(webhook, LONGEST_RESPONSE, Clock.systemUTC());
        }
        throw new IllegalArgumentException("no such sink: " + settings.name());
    }

    private static SyslogTransport transport(SyslogSettings settings) {
        return switch (settings.protocol()) {
            case UDP -> new SyslogDatagrams(settings.server());
            case TCP -> new SyslogStream(settings.server(), Optional.empty());
            case TLS -> new SyslogStream(settings.server(), Optional.of(() -> TrustFile.context(settings.ca())));
        };
    }

    /** Fails if the sink cannot be used as the system is now; changes nothing, and connects to nothing. */
    public static void check(SinkSettings settings) throws SinkException {
        if (settings instanceof FileSettings file) {
            check(file.path());
        } else if (settings instanceof SyslogSettings syslog && syslog.protocol() == Protocol.TLS) {
            checkTrust(syslog.ca());
        } else if (settings instanceof WebhookSettings webhook) {
            checkTrust(webhook.ca());
        }
    }

    private static void checkTrust(Optional<Path> ca) throws SinkException {
        try {
            SSLContext unused = TrustFile.context(ca);
        } catch (IOException e) {
            throw new SinkException(SinkException.text(e));
        }
    }

    private static void check(Path file) throws SinkException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new SinkException("audit file " + file + ": there is no directory " + directory
                    + ": create it, owned by the user of the gateway");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new SinkException("audit file " + file + ": is no regular file: give the path of one");
        }
        if (!Files.isWritable(directory)) {
            throw new SinkException(
                    "audit file " + file + ": the directory is not writable: give it to the user of the" + " gateway");
        }
        if (Files.exists(file) && !(Files.isWritable(file) && Files.isReadable(file))) {
            throw new SinkException(
                    "audit file " + file + ": is not readable and writable: give it to the user of the" + " gateway");
        }
    }
}
