package io.ftpalg.server;

import io.ftpalg.policy.Limits;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.TransportType;
import io.ftpalg.protocol.TelnetMode;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for how much, how long and on what. Filled by picocli. */
final class RunOptions {
    @Option(names = "--idle-timeout", paramLabel = "TIME",
            description = "without a command or a transfer, such as 300, 90s or 5m (default 5m)")
    private Optional<Duration> idleTimeout = Optional.empty();

    @Option(names = "--max-sessions", paramLabel = "N", converter = Values.Count.class,
            description = "sessions at a time (default 20000)")
    private Optional<Integer> maxSessions = Optional.empty();

    @Option(names = "--max-per-address", paramLabel = "N", converter = Values.Count.class,
            description = "sessions at a time from one address (default 50)")
    private Optional<Integer> maxSessionsPerAddress = Optional.empty();

    @Option(names = "--max-new-per-address", paramLabel = "N", converter = Values.Count.class,
            description = "new sessions a second from one address (default 20)")
    private Optional<Integer> maxNewSessions = Optional.empty();

    @Option(names = "--failed-logins-per-address", paramLabel = "N", converter = Values.Failures.class,
            description = "refused passwords in 10 minutes (default 20)")
    private Optional<Integer> failedLoginsPerAddress = Optional.empty();

    @Option(names = "--passive-share", paramLabel = "PERCENT", converter = Values.Percent.class,
            description = "of the passive ports, and 32 at least (default 10)")
    private Optional<Integer> passiveShare = Optional.empty();

    @Option(names = "--drain-timeout", paramLabel = "TIME",
            description = "for running transfers at SIGTERM or Ctrl-C (default 30s)")
    private Duration drainTimeout = Duration.ofSeconds(30);

    @Option(names = "--transport", paramLabel = "TYPE",
            description = "auto (default), epoll, io_uring, kqueue, nio")
    private TransportType transport = TransportType.AUTO;

    @Option(names = "--relay", paramLabel = "TYPE",
            description = "how data is moved: auto (default), splice (without copying; epoll only), buffer")
    private RelayType relay = RelayType.AUTO;

    @Option(names = "--telnet", paramLabel = "auto|on|off",
            description = "byte 0xFF in names: as it came (auto, default), doubled (on), or as it came without a Telnet Synch (off)")
    private TelnetMode telnet = TelnetMode.AUTO;

    @Option(names = "--verbose", description = "log more")
    private boolean verbose;

    Limits limits() {
        Limits.Builder limits = Limits.builder();
        idleTimeout.ifPresent(limits::idleTimeout);
        maxSessions.ifPresent(limits::sessions);
        maxSessionsPerAddress.ifPresent(limits::sessionsPerAddress);
        maxNewSessions.ifPresent(limits::newSessionsPerSecond);
        failedLoginsPerAddress.ifPresent(limits::failedLoginsPerAddress);
        passiveShare.ifPresent(limits::passiveShare);
        return limits.build();
    }

    Duration drainTimeout() {
        return drainTimeout;
    }

    TransportType transport() {
        return transport;
    }

    RelayType relay() {
        return relay;
    }

    TelnetMode telnet() {
        return telnet;
    }

    boolean verbose() {
        return verbose;
    }
}
