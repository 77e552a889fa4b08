package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.CliOption.Group.RUNNING;
import static io.ftpalg.server.keys.form.Key.Kind.COUNT;
import static io.ftpalg.server.keys.form.Key.Kind.PATH;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;
import static io.ftpalg.server.keys.form.Key.Kind.TIME;

import io.ftpalg.policy.KernelPath;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.TransportType;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.settings.DataPlane;
import io.ftpalg.server.settings.LogFormat;
import io.ftpalg.server.settings.ReloadMode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The table of all keys and options, from the top: what is read, shown, documented, completed by editors, and printed by
 * {@code --help} comes from here and from the tables of the sections.
 */
public final class ProgramKeys {
    /** The listeners. */
    public static final Section LISTENERS =
            ListenerKeys.section("listeners", "addresses that clients connect to, each with its own settings");

    public static final Key<TransportType> TRANSPORT = Key.choice(
                    "transport", TransportType.values(), "event loops and sockets")
            .standard("auto")
            .option(RUNNING, "--transport", "TYPE", "auto (default), epoll, io_uring, kqueue, nio");
    public static final Key<RelayType> RELAY = Key.choice(
                    "relay", RelayType.values(), "how data is relayed; splice and kernel need epoll")
            .standard("auto")
            .option(RUNNING, "--relay", "TYPE", "data path: auto (default), splice, buffer or kernel");
    static final Key<DataPlane> DATA_PLANE = Key.choice(
                    "data-plane", DataPlane.values(), "kernel: the same as relay kernel, docs/kernel-plane.md")
            .standard("relay");
    static final Key<String> KERNEL_NAME = Key.of(
                    "kernel-name",
                    TEXT,
                    "NAME",
                    "with relay kernel: ends the name of the table, ftp_alg_NAME; one for each program on a host",
                    Meanings::kernelName)
            .standard(KernelPath.DEFAULT.name());
    static final Key<Integer> KERNEL_LOG_GROUP = Key.of(
                    "kernel-log-group",
                    COUNT,
                    "0 to 65535",
                    "with relay kernel: NFLOG group of connections; one for each program on a host",
                    Meanings::logGroup)
            .standard(String.valueOf(KernelPath.DEFAULT.logGroup()));
    static final Key<Duration> DRAIN_TIMEOUT = Key.of(
                    "drain-timeout", TIME, "TIME", "time for running transfers at SIGTERM or Ctrl-C", Meanings::time)
            .standard("30s")
            .option(RUNNING, "--drain-timeout", "TIME", "time for transfers at SIGTERM or Ctrl-C (default 30s)");
    static final Key<Duration> WARM_UP = Key.of(
                    "warm-up",
                    TEXT,
                    "1s to 30s, or off",
                    "time of sessions of the gateway with itself before it is ready, docs/operations.md",
                    Meanings::warmUp)
            .standard("off")
            .option(RUNNING, "--warm-up", "TIME|off", "time of sessions with itself before it is ready");
    static final Key<InetSocketAddress> NAME_SERVERS = Key.of(
                    "name-servers",
                    TEXT,
                    "ADDRESS[:PORT]",
                    "name servers; the system's if left out",
                    Meanings::nameServer)
            .repeatable();
    public static final Key<Boolean> VERBOSE =
            Key.flag("verbose", "log more").standard("false").option(RUNNING, "--verbose");
    static final Key<LogFormat> LOG_FORMAT = Key.choice(
                    "format", LogFormat.values(), "text: for people; json: an object a line, docs/log.md")
            .standard("text");
    static final Section LOG = Section.of("log", "the log on standard error", LOG_FORMAT);
    static final Key<ReloadMode> RELOAD = Key.choice(
                    "reload",
                    ReloadMode.values(),
                    "read this file again: never, at SIGHUP, or also when it or a file that it names changes")
            .standard("signal");

    static final Key<Path> HANDOVER_SOCKET = Key.of(
                    "socket",
                    PATH,
                    "FILE",
                    "Unix domain socket by which a new process takes over the listening sockets of the running one, such as"
                            + " /run/ftp-alg/handover.sock; needs epoll",
                    Meanings::socket)
            .needed();
    static final Key<Duration> OLD_SESSIONS = Key.of(
                    "old-sessions",
                    TIME,
                    "TIME",
                    "time for the sessions of the replaced process, which ends with the last one; then drain-timeout begins",
                    Meanings::time)
            .standard("1h");
    static final Section HANDOVER = Section.of(
            "handover",
            "replacement of the running process by a new one; off if left out",
            HANDOVER_SOCKET,
            OLD_SESSIONS);

    private static final Section ROOT = Section.of(
                    "",
                    "the config file",
                    LISTENERS,
                    TRANSPORT,
                    RELAY,
                    DATA_PLANE,
                    KERNEL_NAME,
                    KERNEL_LOG_GROUP,
                    DRAIN_TIMEOUT,
                    WARM_UP,
                    NAME_SERVERS,
                    BandwidthKeys.TOTAL,
                    QuotaKeys.QUOTAS,
                    RuleKeys.RULE_LISTS,
                    ConcurrencyKeys.CONCURRENCY,
                    VERBOSE,
                    LOG,
                    RELOAD,
                    AdminKeys.ADMIN,
                    OtlpKeys.OTLP,
                    AuditKeys.AUDIT,
                    HANDOVER)
            .needed();

    private ProgramKeys() {}

    /** Returns the section that is the whole file. */
    public static Section root() {
        return ROOT;
    }
}
