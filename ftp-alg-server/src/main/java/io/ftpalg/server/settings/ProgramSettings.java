package io.ftpalg.server.settings;

import io.ftpalg.policy.KernelPath;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.TransportType;
import io.ftpalg.server.audit.sink.AuditSettings;
import io.ftpalg.server.settings.limits.ConcurrencySettings;
import io.ftpalg.server.settings.limits.QuotaSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the program: its listeners, and what these have in common.
 *
 * @param listeners the listeners, at least one
 * @param transport what drives the sockets
 * @param relay how data is moved
 * @param kernelPath what the kernel is set up with to carry data, if it is to; without ports, which are those of the listeners
 * @param drain how long transfers may continue at shutdown
 * @param warmUp how long the gateway has sessions with itself before it is ready, zero if it has none
 * @param nameServers the name servers to ask, the system's if empty
 * @param bandwidth how fast all transfers of all listeners move together
 * @param quotas how much users and groups may transfer, if limited
 * @param concurrency how many sessions and transfers users and groups may have at a time
 * @param verbose whether to log more
 * @param logFormat how a line of the log is written
 * @param reload when the config file is read again
 * @param admin the HTTP server of the operator, if there is one
 * @param otlp where metrics and traces are exported, if they are
 * @param audit where records of what happens go, if there are any
 * @param handover how a new process takes the place of this one, if it may
 */
public record ProgramSettings(
        List<ListenerSettings> listeners,
        TransportType transport,
        RelayType relay,
        KernelPath kernelPath,
        Duration drain,
        Duration warmUp,
        List<InetSocketAddress> nameServers,
        Rate bandwidth,
        Optional<QuotaSettings> quotas,
        ConcurrencySettings concurrency,
        boolean verbose,
        LogFormat logFormat,
        ReloadMode reload,
        Optional<AdminSettings> admin,
        Optional<OtlpSettings> otlp,
        Optional<AuditSettings> audit,
        Optional<HandoverSettings> handover) {

    public ProgramSettings {
        listeners = List.copyOf(listeners);
        nameServers = List.copyOf(nameServers);
    }
}
