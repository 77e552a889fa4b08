package io.ftpalg.server.runtime;

import io.ftpalg.FtpAlg;
import io.ftpalg.InheritedSocket;
import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.server.audit.Audit;
import io.ftpalg.server.audit.sink.SinkException;
import io.ftpalg.server.concurrency.UseCounts;
import io.ftpalg.server.quota.QuotaKeeper;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.warmup.WarmUp;
import io.netty.channel.IoEventLoopGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gateways of one program, one for each listener of its settings, on event loops that they share: started all or none,
 * replaced together by those of other settings, and stopped together with those that were replaced. Owned by the main
 * thread; replaced by the thread that reloads, stopped by any, one at a time.
 */
public final class Gateways implements AutoCloseable {
    private final IoEventLoopGroup loops;
    private final Function<ProgramSettings, List<AlgListener>> listeners;
    private final Set<FtpAlg> retired = ConcurrentHashMap.newKeySet();
    private volatile Generation running;
    private final OperatorState operator;
    private final Audit audit;
    private final QuotaKeeper quotas;
    private final UseCounts counts;
    private volatile Phase phase = Phase.STARTING;
    private volatile long cutAt;

    /** Where the program is between its start and its end. */
    private enum Phase {
        STARTING,
        RUNNING,
        DRAINING
    }

    /** Those that run together. */
    private record Generation(ProgramSettings settings, List<MadeGateway> made) {
        Generation {
            made = List.copyOf(made);
        }

        List<FtpAlg> gateways() {
            return made.stream().map(MadeGateway::gateway).toList();
        }

        static Generation of(
                ProgramSettings settings,
                Function<ProgramSettings, List<AlgListener>> listeners,
                OperatorState operator,
                Audit audit,
                QuotaKeeper quotas,
                UseCounts counts,
                IoEventLoopGroup loops)
                throws SettingsException {
            checkAudit(settings);
            List<MadeGateway> made = new ArrayList<>();
            ProgramShares shares = ProgramShares.of(settings, quotas, counts);
            try {
                for (ListenerSettings listener : settings.listeners()) {
                    made.add(GatewayMaker.make(
                            settings,
                            listener,
                            listeners.apply(settings),
                            Optional.of(operator.gate()),
                            shares,
                            settings.audit().map(on -> audit),
                            Optional.of(loops)));
                }
                made.forEach(operator::applyTo);
                return new Generation(settings, made);
            } finally {
                if (made.size() < settings.listeners().size()) {
                    close(made);
                }
            }
        }

        private static void checkAudit(ProgramSettings settings) throws SettingsException {
            try {
                Audit.check(settings.audit());
            } catch (SinkException e) {
                throw new SettingsException(e);
            }
        }

        /** Lets go of what gateways own that never started. */
        static void close(List<MadeGateway> made) {
            made.forEach(one -> one.gateway().stop(Duration.ZERO));
        }

        List<InetSocketAddress> addresses() {
            return made.stream()
                    .flatMap(one -> one.gateway().boundAddresses().stream())
                    .toList();
        }
    }

    private Gateways(
            Generation first,
            Function<ProgramSettings, List<AlgListener>> listeners,
            OperatorState operator,
            Audit audit,
            QuotaKeeper quotas,
            UseCounts counts,
            IoEventLoopGroup loops) {
        this.running = first;
        this.operator = operator;
        this.audit = audit;
        this.quotas = quotas;
        this.counts = counts;
        this.listeners = listeners;
        this.loops = loops;
    }

    /** Returns the gateways of these settings, not yet started. Reads files. */
    public static Gateways of(ProgramSettings settings) throws SettingsException {
        return of(settings, any -> List.of());
    }

    /**
     * Returns the gateways of these settings, not yet started. Reads files.
     *
     * @param listeners makes what receives the events of one gateway too, by the settings
     */
    public static Gateways of(ProgramSettings settings, Function<ProgramSettings, List<AlgListener>> listeners)
            throws SettingsException {
        IoEventLoopGroup loops = FtpAlg.newEventLoops(settings.transport());
        QuotaKeeper quotas = new QuotaKeeper();
        UseCounts counts = new UseCounts();
        try {
            OperatorState operator = new OperatorState();
            Audit audit = new Audit();
            return new Gateways(
                    Generation.of(settings, listeners, operator, audit, quotas, counts, loops),
                    listeners,
                    operator,
                    audit,
                    quotas,
                    counts,
                    loops);
        } catch (SettingsException | RuntimeException e) {
            quotas.close();
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    /** As {@link #start(List, List)}, without sockets of other processes. */
    public void start() throws ExecutionException, InterruptedException, SettingsException {
        start(List.of(), List.of());
    }

    /**
     * Opens all listeners and waits until they are open; if one cannot be opened, all are closed again.
     *
     * @param passed descriptors of listening sockets that another process has opened for them; each has a listener, or its clients
     *     would wait in vain
     * @param offered descriptors of the listening sockets of the process that this one replaces; those at whose address there is no
     *     listener are closed
     */
    public void start(List<Integer> passed, List<Integer> offered)
            throws ExecutionException, InterruptedException, SettingsException {
        List<InheritedSocket> sockets = new ArrayList<>();
        List<InheritedSocket> replaced = new ArrayList<>();
        try {
            passed.forEach(descriptor -> sockets.add(InheritedSocket.of(descriptor)));
            offered.forEach(descriptor -> replaced.add(InheritedSocket.of(descriptor)));
            if (!(passed.isEmpty() && offered.isEmpty())
                    && !Transports.name(settings().transport()).equals("epoll")) {
                throw new SettingsException("passed sockets need transport epoll");
            }
            audit.apply(settings().audit());
            FtpAlg.startOn(
                            running.gateways(),
                            Stream.concat(sockets.stream(), replaced.stream()).toList())
                    .toCompletableFuture()
                    .get();
            replaced.forEach(InheritedSocket::close);
            for (InheritedSocket socket : sockets) {
                if (!socket.isTaken()) {
                    throw new SettingsException("passed socket at " + socket
                            + ": no listener has this address: give the socket and its listener the same address");
                }
            }
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            close();
            throw new SettingsException("passed socket cannot be used: " + e.getMessage());
        } catch (ExecutionException | SettingsException e) {
            close();
            throw e;
        }
        if (phase == Phase.STARTING) {
            phase = Phase.RUNNING;
        }
    }

    /**
     * Replaces those that run by the gateways of these settings, which must have their transport, and waits until that is
     * done. Reads files. Listeners at the same address stay open, and sessions continue as they began. If anything
     * fails, nothing has changed.
     */
    ListenerChanges replace(ProgramSettings settings)
            throws SettingsException, ExecutionException, InterruptedException {
        Generation next = Generation.of(settings, listeners, operator, audit, quotas, counts, loops);
        synchronized (this) {
            Generation before = running;
            List<InetSocketAddress> addresses = before.addresses();
            try {
                FtpAlg.startInPlaceOf(next.gateways(), before.gateways())
                        .toCompletableFuture()
                        .get();
            } catch (ExecutionException | RuntimeException e) {
                Generation.close(next.made());
                throw e;
            }
            running = next;
            audit.apply(settings.audit());
            before.gateways().forEach(this::retire);
            return ListenerChanges.of(addresses, next.addresses(), sessions(retired.stream()));
        }
    }

    /** Returns the descriptors of all listening sockets, which stay theirs. */
    public List<Integer> listeningDescriptors() {
        return running.gateways().stream()
                .flatMap(gateway -> gateway.listeningDescriptors().stream())
                .toList();
    }

    /**
     * Listens no more, since another process does: sessions continue as they began. Completes when the last one has ended. Whoever asks
     * for a change later is refused.
     */
    public synchronized CompletableFuture<Void> retireAll() {
        phase = Phase.DRAINING;
        Generation before = running;
        running = new Generation(before.settings(), List.of());
        before.gateways().forEach(this::retire);
        quotas.release();
        CompletableFuture<Void> ended = CompletableFuture.allOf(retired.stream()
                .map(gateway -> gateway.ended().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
        // It has nothing to bind, so that it is done at once and cannot fail.
        var unused = FtpAlg.startInPlaceOf(List.of(), before.gateways());
        return ended;
    }

    private void retire(FtpAlg gateway) {
        retired.add(gateway);
        gateway.ended().whenComplete((none, error) -> retired.remove(gateway));
    }

    /** Returns the addresses that each listens on. */
    public List<List<InetSocketAddress>> boundAddresses() {
        return running.gateways().stream().map(FtpAlg::boundAddresses).toList();
    }

    /** Returns where they listen, as a line for those who look at the state of this service. */
    public String status() {
        return "listening on "
                + running.addresses().stream()
                        .map(NetUtil::toSocketAddressString)
                        .collect(Collectors.joining(", "));
    }

    /** Returns those that new sessions get, one for each listener. Any thread. */
    public List<MadeGateway> made() {
        return running.made();
    }

    /** Has sessions with itself, as long as the settings say, before it is started; blocks. */
    public void warmUp() throws InterruptedException {
        ProgramSettings now = settings();
        if (!now.warmUp().isZero()) {
            WarmUp warmUp = new WarmUp(now.transport(), now.relay(), loops, WarmUpTlsMaker.of(now));
            long unused = warmUp.run(now.warmUp());
        }
    }

    /** Returns the event loops, which never change. */
    public Iterable<EventExecutor> loops() {
        return loops;
    }

    /** Returns all that may have sessions, those that were replaced too. Any thread. */
    public List<FtpAlg> all() {
        return Stream.concat(running.gateways().stream(), retired.stream()).toList();
    }

    /** Returns all sessions as they are now, in no order. Any thread; completes on an event loop. */
    public CompletableFuture<List<SessionSnapshot>> snapshots() {
        CompletableFuture<List<SessionSnapshot>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (FtpAlg gateway : all()) {
            all = all.thenCombine(gateway.live().snapshots(), (some, more) -> {
                some.addAll(more);
                return some;
            });
        }
        return all.thenApply(List::copyOf);
    }

    /** Returns the audit, which a reload keeps. */
    public Audit audit() {
        return audit;
    }

    /** Returns what operators have set. */
    public OperatorState operator() {
        return operator;
    }

    /** Returns what users and groups have used. */
    public QuotaKeeper quotas() {
        return quotas;
    }

    /** Returns how long running transfers may still take, while it is draining. Any thread. */
    public Optional<Duration> untilCut() {
        long left = cutAt - System.nanoTime();
        return phase == Phase.DRAINING ? Optional.of(Duration.ofNanos(Math.max(0, left))) : Optional.empty();
    }

    /** Returns the settings that new sessions get. */
    public ProgramSettings settings() {
        return running.settings();
    }

    /** Returns why no new session can be served, if so. Any thread. */
    public Optional<String> notReady() {
        return switch (phase) {
            case STARTING -> Optional.of("starting");
            case RUNNING ->
                made().stream().noneMatch(MadeGateway::canServe) ? Optional.of("no healthy server") : Optional.empty();
            case DRAINING -> Optional.of("draining");
        };
    }

    /** Returns how many sessions are live. */
    public int sessions() {
        return sessions(Stream.concat(running.gateways().stream(), retired.stream()));
    }

    private static int sessions(Stream<FtpAlg> gateways) {
        return gateways.mapToInt(FtpAlg::sessions).sum();
    }

    /** Stops all; completes when no session is left and the event loops have ended. */
    synchronized CompletableFuture<Void> stop(Duration grace) {
        cutAt = System.nanoTime() + grace.toNanos();
        phase = Phase.DRAINING;
        CompletableFuture<Void> ended = new CompletableFuture<>();
        CompletableFuture.allOf(Stream.concat(running.gateways().stream(), retired.stream())
                        .map(gateway -> gateway.stop(grace).toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                // Not on the event loop that ended the last session: it waits for disks.
                .whenCompleteAsync((none, error) -> closeFiles(), task -> new Thread(task, "files-end").start())
                .whenComplete((none, error) ->
                        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(done -> ended.complete(null)));
        return ended;
    }

    private void closeFiles() {
        quotas.close();
        audit.close();
    }

    /** Stops all without grace and waits until they have. */
    @Override
    public void close() {
        stop(Duration.ZERO).join();
    }
}
