package io.ftpalg.server.runtime;

import io.ftpalg.live.GatewayUsage;
import io.ftpalg.routing.ServerState;
import io.ftpalg.server.inspect.scan.ScannerHealth;
import io.ftpalg.server.metrics.GatewayFacts;
import io.ftpalg.server.quota.QuotaKeeper;
import io.ftpalg.server.tls.CertificateChoice;
import io.ftpalg.server.tls.CredentialSource;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What monitoring asks of {@link Gateways}. Any thread. */
public final class RunningFacts implements GatewayFacts {
    private final Gateways gateways;
    private final LongSupplier spansDropped;

    /** Makes them, with what counts spans that were not exported. */
    public RunningFacts(Gateways gateways, LongSupplier spansDropped) {
        this.gateways = gateways;
        this.spansDropped = spansDropped;
    }

    @Override
    public int sessions() {
        return gateways.sessions();
    }

    @Override
    public Optional<String> notReady() {
        return gateways.notReady();
    }

    @Override
    public List<ServerState> servers() {
        return gateways.made().stream()
                .flatMap(one -> one.pools().stream())
                .flatMap(pool -> pool.servers().stream())
                .toList();
    }

    @Override
    public PassivePortUse passivePorts() {
        List<GatewayUsage> ranges = gateways.made().stream()
                .map(one -> one.gateway().usage())
                .filter(usage -> usage.passivePortLimit() > 0)
                .toList();
        int inUse = ranges.stream().mapToInt(GatewayUsage::passivePorts).sum();
        int all = ranges.stream().mapToInt(GatewayUsage::passivePortLimit).sum();
        return new PassivePortUse(inUse, all - inUse);
    }

    @Override
    public List<CredentialSource> certificates() {
        return gateways.made().stream()
                .flatMap(one -> one.settings().clientTls().leg().stream())
                .flatMap(leg -> leg.certificates() instanceof CertificateChoice.Stored stored
                        ? stored.sources().stream()
                        : Stream.empty())
                .distinct()
                .toList();
    }

    @Override
    public Map<String, Long> auditDropped() {
        return gateways.audit().dropped();
    }

    /** Several listeners may have the same scanner. */
    @Override
    public Map<String, Boolean> scanners() {
        return gateways.made().stream()
                .flatMap(one -> one.inspector().stream())
                .flatMap(inspector -> inspector.scanners().stream())
                .collect(Collectors.toMap(ScannerHealth::scanner, ScannerHealth::up, Boolean::logicalAnd));
    }

    /** Several listeners may have the same place. */
    @Override
    public Map<String, Long> failedCopies() {
        return gateways.made().stream()
                .flatMap(one -> one.inspector().stream())
                .flatMap(inspector -> inspector.failedCopies().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum));
    }

    @Override
    public long spansDropped() {
        return spansDropped.getAsLong();
    }

    @Override
    public QuotaUse quotas() {
        QuotaKeeper keeper = gateways.quotas();
        return new QuotaUse(
                keeper.state() != QuotaKeeper.State.FAILED,
                keeper.counters().size(),
                keeper.counters().unsaved());
    }

    @Override
    public Iterable<EventExecutor> loops() {
        return gateways.loops();
    }
}
