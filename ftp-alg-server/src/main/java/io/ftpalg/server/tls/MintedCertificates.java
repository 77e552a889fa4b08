package io.ftpalg.server.tls;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.server.log.LogLimiter;
import io.ftpalg.server.tls.MintingQueue.RefusedException;
import io.ftpalg.tls.ClientTlsContexts;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates made for the name that a client asks for, signed by the operator's CA, and kept for the next one. All have the
 * key of one {@link CertificateMaker}.
 *
 * <p>Asked on event loops, made on a daemon thread of its own, so that a loop never signs; its lock is held for a look into
 * the map only. A {@link MintingQueue} has the names that wait, {@link RecentNames} those that are there.
 */
final class MintedCertificates implements ClientTlsContexts, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(MintedCertificates.class);
    private static final int KEPT = 1024;
    private static final Duration VALIDITY = Duration.ofDays(30);
    /** A certificate is not used longer than that, so that a session that begins with it does not see it expire. */
    private static final Duration USE = Duration.ofDays(20);

    private final CertificateChoice.Minted choice;
    private final Credential ca;
    private final ClientContextMaker contexts;
    private final InstantSource clock;
    private final CertificateMaker certificates = new CertificateMaker();
    private final RecentNames<Minted> kept = new RecentNames<>(KEPT);
    private final MintingQueue<SslContext> queue;
    private final LogLimiter limiter;

    /** A certificate's contexts, and until when it is used. */
    private record Minted(Supplier<SslContext> contexts, Instant end) {}

    MintedCertificates(CertificateChoice.Minted choice, ClientContextMaker contexts) throws TlsConfigException {
        this(choice, contexts, InstantSource.system(), System::nanoTime, thread());
    }

    MintedCertificates(
            CertificateChoice.Minted choice,
            ClientContextMaker contexts,
            InstantSource clock,
            LongSupplier nanoTime,
            ExecutorService thread)
            throws TlsConfigException {
        this.choice = choice;
        this.ca = choice.ca().load().get(0);
        this.contexts = contexts;
        this.clock = clock;
        this.queue = new MintingQueue<>(this::mint, thread, new NewNameRate(nanoTime));
        this.limiter = new LogLimiter(nanoTime);
        if (ca.certificate().getBasicConstraints() < 0) {
            throw new TlsConfigException(
                    choice.ca().certificate() + ": is not a CA certificate (basicConstraints CA:TRUE)");
        }
        if (ca.certificate().getNotAfter().toInstant().isBefore(clock.instant())) {
            throw new TlsConfigException(choice.ca().certificate() + ": expired "
                    + ca.certificate().getNotAfter().toInstant());
        }
    }

    /** Returns a thread for them, which starts with the first name. */
    static ExecutorService thread() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "minted-certificates");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public CompletionStage<SslContext> choose(Optional<String> serverName, InetSocketAddress listener) {
        return choose(serverName, listener, Optional.empty());
    }

    @Override
    public CompletionStage<SslContext> choose(
            Optional<String> serverName, InetSocketAddress listener, InetSocketAddress client) {
        return choose(serverName, listener, Optional.of(client.getAddress()));
    }

    private CompletableFuture<SslContext> choose(
            Optional<String> serverName, InetSocketAddress listener, Optional<InetAddress> client) {
        Optional<String> asked =
                serverName.flatMap(name -> HostPort.parse(name + ":21")).map(HostPort::host);
        String name = choice.name(asked, listener);
        Optional<Supplier<SslContext>> known = known(name);
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get().get());
        }
        CompletableFuture<SslContext> wanted = queue.ask(name, client);
        if (wanted.isCompletedExceptionally()) {
            wanted.whenComplete((context, failure) -> onRefused(name, client, failure));
        }
        return wanted;
    }

    private void onRefused(String name, Optional<InetAddress> client, Throwable failure) {
        if (failure instanceof RefusedException refused) {
            limiter.log(
                    new LogLimiter.Key("certificate refused", refused.why(), ""),
                    repeated -> logger.warn(
                            "certificate refused name={}{} reason=\"{}; names that have one are served\"{}",
                            name,
                            client.map(address -> " client=" + IpLiteral.format(address))
                                    .orElse(""),
                            refused.getMessage(),
                            repeated));
        }
    }

    int size() {
        synchronized (kept) {
            return kept.size();
        }
    }

    private Optional<Supplier<SslContext>> known(String name) {
        Instant now = clock.instant();
        synchronized (kept) {
            return kept.get(name).filter(minted -> minted.end().isAfter(now)).map(Minted::contexts);
        }
    }

    private Supplier<SslContext> mint(String name) {
        Instant now = clock.instant();
        try {
            Supplier<SslContext> made = contexts.contexts(certificates.issued(ca, name, now, VALIDITY));
            synchronized (kept) {
                kept.put(name, new Minted(made, now.plus(USE)));
            }
            return made;
        } catch (TlsConfigException e) {
            limiter.log(
                    new LogLimiter.Key("certificate failed", "", ""),
                    repeated ->
                            logger.warn("certificate failed name={} reason=\"{}\"{}", name, e.getMessage(), repeated));
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        queue.close();
        limiter.close();
    }
}
