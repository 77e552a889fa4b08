package io.ftpalg.server.tls;

import io.ftpalg.server.files.FileStamps;
import io.ftpalg.tls.ClientTlsContexts;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates from files, read again when one of the files changes; what cannot be used then changes nothing but the log.
 *
 * <p>Sessions keep the context that they began with. The files are checked once a second by a daemon thread of its own;
 * {@link #choose} never touches them.
 */
final class StoredCertificates implements ClientTlsContexts, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(StoredCertificates.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final List<CredentialSource> sources;
    private final List<Path> files;
    private final Settings settings;
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "certificates");
        thread.setDaemon(true);
        return thread;
    });
    private volatile NamedContexts contexts;
    /** The files as they were when they were last read, well or not; the watcher's own. */
    private FileStamps seen;

    /** Reads what else the contexts need. */
    @FunctionalInterface
    interface Settings {
        ClientContextMaker read() throws TlsConfigException;
    }

    /**
     * Reads the files.
     *
     * @param sources the certificates
     * @param others other files that the settings are read from
     */
    StoredCertificates(List<CredentialSource> sources, List<Path> others, Settings settings) throws TlsConfigException {
        this(sources, others, settings, PERIOD);
    }

    StoredCertificates(List<CredentialSource> sources, List<Path> others, Settings settings, Duration period)
            throws TlsConfigException {
        this.sources = List.copyOf(sources);
        this.files = Stream.concat(sources.stream().flatMap(source -> source.files().stream()), others.stream())
                .toList();
        this.settings = settings;
        this.seen = FileStamps.of(files);
        this.contexts = read();
        var unused = watcher.scheduleWithFixedDelay(
                this::lookGuarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<SslContext> choose(Optional<String> serverName, InetSocketAddress listener) {
        return contexts.choose(serverName, listener);
    }

    private NamedContexts read() throws TlsConfigException {
        List<Credential> credentials = new ArrayList<>();
        for (CredentialSource source : sources) {
            credentials.addAll(source.load());
        }
        return new NamedContexts(credentials, settings.read());
    }

    /** Whatever happens in one look, there is a next one: a task that throws would be the last one of its thread. */
    private void lookGuarded() {
        try {
            look();
        } catch (Throwable e) {
            logger.error("certificates kept reason=internal-error", e);
        }
    }

    private void look() {
        // Taken before the reading: what changes meanwhile is read again.
        FileStamps now = FileStamps.of(files);
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            contexts = read();
            logger.info("certificates reloaded files={}", files);
        } catch (TlsConfigException e) {
            logger.warn("certificates kept detail=\"{}\"", e.getMessage());
        }
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }
}
