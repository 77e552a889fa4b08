package io.ftpalg.server.tls;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.tls.ClientTlsContexts;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Certificates made for the name that a client asks for, signed by the operator's CA, and kept for the next one.
 *
 * <p>Asked on event loops, made on a daemon thread of its own, so that a loop never signs; its lock is held for a look into
 * the map only.
 */
final class MintedCertificates implements ClientTlsContexts, AutoCloseable {
    private static final int KEPT = 1024;
    private static final Duration VALIDITY = Duration.ofDays(30);
    /** A certificate is not used longer than that, so that a session that begins with it does not see it expire. */
    private static final Duration USE = Duration.ofDays(20);

    private final CertificateChoice.Minted choice;
    private final Credential ca;
    private final ClientContextMaker contexts;
    private final InstantSource clock;
    private final CertificateMaker certificates = new CertificateMaker();
    private final Map<String, Minted> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "minted-certificates");
        thread.setDaemon(true);
        return thread;
    });

    /** A certificate, made or being made. */
    private record Minted(CompletableFuture<Supplier<SslContext>> context, Instant end) {
    }

    MintedCertificates(CertificateChoice.Minted choice, ClientContextMaker contexts) throws TlsConfigException {
        this(choice, contexts, InstantSource.system());
    }

    MintedCertificates(CertificateChoice.Minted choice, ClientContextMaker contexts, InstantSource clock)
            throws TlsConfigException {
        this.choice = choice;
        this.ca = choice.ca().load().get(0);
        this.contexts = contexts;
        this.clock = clock;
        if (ca.certificate().getBasicConstraints() < 0) {
            throw new TlsConfigException(choice.ca().certificate() + ": is no CA's certificate (basicConstraints CA:TRUE)");
        }
        if (ca.certificate().getNotAfter().toInstant().isBefore(clock.instant())) {
            throw new TlsConfigException(choice.ca().certificate() + ": expired "
                    + ca.certificate().getNotAfter().toInstant());
        }
    }

    @Override
    public CompletionStage<SslContext> choose(Optional<String> serverName, InetSocketAddress listener) {
        Optional<String> asked = serverName.flatMap(name -> HostPort.parse(name + ":21")).map(HostPort::host);
        return minted(choice.name(asked, listener)).thenApply(Supplier::get);
    }

    int size() {
        synchronized (kept) {
            return kept.size();
        }
    }

    private CompletableFuture<Supplier<SslContext>> minted(String name) {
        Instant now = clock.instant();
        synchronized (kept) {
            Minted known = kept.get(name);
            if (known != null && known.end().isAfter(now) && !known.context().isCompletedExceptionally()) {
                return known.context();
            }
            CompletableFuture<Supplier<SslContext>> made = CompletableFuture.supplyAsync(() -> mint(name, now), worker);
            kept.put(name, new Minted(made, now.plus(USE)));
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
            return made;
        }
    }

    private Supplier<SslContext> mint(String name, Instant now) {
        try {
            return contexts.contexts(certificates.issued(ca, name, now, VALIDITY));
        } catch (TlsConfigException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
