package io.ftpalg.server.metrics;

import io.ftpalg.routing.ServerState;
import io.ftpalg.server.tls.CredentialSource;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What monitoring asks of the gateways of the program; each method on any thread, at once. */
public interface GatewayFacts {

    /** Returns how many sessions are live. */
    int sessions();

    /** Returns why no new session can be served, if so. */
    Optional<String> notReady();

    /** Returns the servers of all pools, as they are now. */
    List<ServerState> servers();

    /** Returns how many passive ports are in use, and how many more there are; of listeners that have a range. */
    PassivePortUse passivePorts();

    /** Returns the files of the certificates that clients are shown. */
    List<CredentialSource> certificates();

    /** Returns how many spans of traces were not exported. */
    long spansDropped();

    /** Returns how many records each sink of the audit has dropped, by its name. */
    Map<String, Long> auditDropped();

    /** Returns whether each scanner of files replies to its health checks. */
    Map<String, Boolean> scanners();

    /** Returns how many copies of files have failed, by the place that they were for; since the last reload. */
    Map<String, Long> failedCopies();

    /** Returns how the counts of quotas are kept. */
    QuotaUse quotas();

    /** Returns the event loops of sessions. */
    Iterable<EventExecutor> loops();

    /**
     * How the counts of quotas are kept.
     *
     * @param kept whether they are, or there are none
     * @param counters how many counters there are
     * @param unsaved bytes that are counted in memory only
     */
    record QuotaUse(boolean kept, int counters, long unsaved) {}

    /**
     * Passive ports of all listeners that have a range.
     *
     * @param inUse those of data connections, and those that are announced
     * @param free the others
     */
    record PassivePortUse(int inUse, int free) {}
}
