package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.CliOption.Group.RUNNING;

import io.ftpalg.policy.Limits;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The keys of {@code limits}: one for each of {@link Limits}, under its name; some have an option. */
public enum LimitKey {
    COMMAND_LINE(
            "bytes of a command line without its end", Limits::commandLine, Limits.Builder::commandLine, 1_000_000),
    REPLY_LINE("bytes of a reply line; a longer one is cut", Limits::replyLine, Limits.Builder::replyLine, 1_000_000),
    REPLY_LINES(
            "lines of one reply; those beyond are discarded, the last one never",
            Limits::replyLines,
            Limits.Builder::replyLines,
            1_000_000),
    REPLY_BYTES(
            "bytes of one reply; lines beyond are discarded, the last one never",
            Limits::replyBytes,
            Limits.Builder::replyBytes,
            999_999_999),
    TELNET_OPTIONS(
            "Telnet options refused in a session; those beyond are ignored",
            Limits::telnetOptions,
            Limits.Builder::telnetOptions,
            1_000_000),
    PIPELINED_COMMANDS(
            "pipelined commands that may wait; beyond, the client is not read",
            Limits::pipelinedCommands,
            Limits.Builder::pipelinedCommands,
            1_000_000),
    PIPELINED_BYTES(
            "bytes of pipelined commands that may wait; beyond, the client is not read",
            Limits::pipelinedBytes,
            Limits.Builder::pipelinedBytes,
            999_999_999),
    CONTROL_BUFFER(
            "bytes that wait to be sent on one control connection; beyond, nothing is read that causes more",
            Limits::controlBuffer,
            Limits.Builder::controlBuffer,
            999_999_999),
    CONTROL_MEMORY(
            "percent of the heap that all control connections may hold; the largest holders are closed beyond",
            Limits::controlMemory,
            Limits.Builder::controlMemory,
            100),
    SESSIONS(
            "sessions at a time",
            Limits::sessions,
            Limits.Builder::sessions,
            1_000_000,
            new CliOption(RUNNING, "--max-sessions", "N", "sessions at a time (default 20000)")),
    SESSIONS_PER_ADDRESS(
            "sessions at a time from one address, IPv6 by its /64",
            Limits::sessionsPerAddress,
            Limits.Builder::sessionsPerAddress,
            1_000_000,
            new CliOption(RUNNING, "--max-per-address", "N", "sessions at a time from one address (default 50)")),
    NEW_SESSIONS_PER_SECOND(
            "new sessions a second from one address, IPv6 by its /64",
            Limits::newSessionsPerSecond,
            Limits.Builder::newSessionsPerSecond,
            1_000_000,
            new CliOption(
                    RUNNING, "--max-new-per-address", "N", "new sessions a second from one address (default 20)")),
    REFUSED_CLIENTS(
            "refused clients that read their reply at a time; those beyond are reset without one",
            Limits::refusedClients,
            Limits.Builder::refusedClients,
            1_000_000),
    REFUSED_CLIENTS_PER_ADDRESS(
            "refused clients that read their reply at a time from one address, IPv6 by its /64",
            Limits::refusedClientsPerAddress,
            Limits.Builder::refusedClientsPerAddress,
            1_000_000),
    BAD_COMMANDS(
            "malformed and unknown commands before the login",
            Limits::badCommands,
            Limits.Builder::badCommands,
            1_000_000),
    FAILED_LOGINS("refused passwords in a session", Limits::failedLogins, Limits.Builder::failedLogins, 1_000_000),
    FAILED_LOGINS_PER_ADDRESS(
            "refused passwords from one address, IPv6 by its /64, within the window",
            Limits::failedLoginsPerAddress,
            Limits.Builder::failedLoginsPerAddress,
            1000,
            new CliOption(
                    RUNNING,
                    "--failed-logins-per-address",
                    "N",
                    "refused passwords from one address in 10 minutes (default 20)")),
    FAILED_LOGINS_PER_USER(
            "refused passwords for one user, from all addresses, within the window",
            Limits::failedLoginsPerUser,
            Limits.Builder::failedLoginsPerUser,
            1000),
    UNEXPECTED_PEERS(
            "connections of unexpected peers that one data port refuses before it closes",
            Limits::unexpectedPeers,
            Limits.Builder::unexpectedPeers,
            1_000_000),
    UNSOLICITED_REPLIES(
            "unsolicited replies in a row before the session ends",
            Limits::unsolicitedReplies,
            Limits.Builder::unsolicitedReplies,
            1_000_000),
    PASSIVE_SHARE(
            "percent of the passive ports that one address may hold, at least 32 ports",
            Limits::passiveShare,
            Limits.Builder::passiveShare,
            100,
            new CliOption(
                    RUNNING,
                    "--passive-share",
                    "PERCENT",
                    "percent of passive ports for one address, at least 32 ports (default 10)")),
    RELAY_BUFFER(
            "bytes that a transfer may hold in each direction, if both hold some",
            Limits::relayBuffer,
            Limits.Builder::relayBuffer,
            999_999_999),
    RELAY_MEMORY(
            "bytes that the transfers of one event loop hold together before each reads in small pieces",
            Limits::relayMemory,
            Limits.Builder::relayMemory,
            999_999_999),
    FAILED_LOGIN_WINDOW(
            "time for which a refused password counts for its address and user",
            Limits::failedLoginWindow,
            Limits.Builder::failedLoginWindow),
    LOGIN_DELAY(
            "delay of the reply to a password that the gateway refuses",
            Limits::loginDelay,
            Limits.Builder::loginDelay),
    LOGIN_TIMEOUT("time from accept to the accepted login", Limits::loginTimeout, Limits.Builder::loginTimeout),
    LINE_TIMEOUT(
            "time from the first byte of a command line to its end", Limits::lineTimeout, Limits.Builder::lineTimeout),
    IDLE_TIMEOUT(
            "time without a command, while no transfer runs and no reply is due",
            Limits::idleTimeout,
            Limits.Builder::idleTimeout,
            new CliOption(
                    RUNNING,
                    "--idle-timeout",
                    "TIME",
                    "time without a command or a transfer, such as 300, 90s or 5m (default 5m)")),
    TRANSPARENT_IDLE_TIMEOUT(
            "time without a byte, under AUTH passthrough",
            Limits::transparentIdleTimeout,
            Limits.Builder::transparentIdleTimeout),
    CONNECT_TIMEOUT(
            "timeout of connecting to the server, control and data",
            Limits::connectTimeout,
            Limits.Builder::connectTimeout),
    TARGET_TIMEOUT(
            "time from a login that names a server to its greeting; a refusal of any cause is sent at this time",
            Limits::targetTimeout,
            Limits.Builder::targetTimeout),
    REPLY_TIMEOUT(
            "timeout of a server's reply; servers that hash or scan take long",
            Limits::replyTimeout,
            Limits.Builder::replyTimeout),
    GREETING_TIMEOUT("timeout of the server's greeting", Limits::greetingTimeout, Limits.Builder::greetingTimeout),
    TLS_HANDSHAKE_TIMEOUT(
            "timeout of a TLS handshake, from when it can begin",
            Limits::tlsHandshakeTimeout,
            Limits.Builder::tlsHandshakeTimeout),
    EXTENDED_REPLY_TIMEOUT(
            "timeout of the reply to EPSV or EPRT, before PASV or PORT is tried",
            Limits::extendedReplyTimeout,
            Limits.Builder::extendedReplyTimeout),
    DATA_ACCEPT_TIMEOUT(
            "timeout of the data connections of a transfer that the server announced",
            Limits::dataAcceptTimeout,
            Limits.Builder::dataAcceptTimeout),
    DATA_IDLE_TIMEOUT(
            "timeout of the transfer command after a data port was agreed",
            Limits::dataIdleTimeout,
            Limits.Builder::dataIdleTimeout),
    STALL_TIMEOUT(
            "timeout of the next byte of a transfer, and of a peer that does not read its control connection",
            Limits::stallTimeout,
            Limits.Builder::stallTimeout),
    ABORT_GRACE(
            "timeout of the server's replies after a transfer was aborted, or after the client has ended",
            Limits::abortGrace,
            Limits.Builder::abortGrace),
    CLOSE_GRACE(
            "timeout of a peer's reading the last reply and closing", Limits::closeGrace, Limits.Builder::closeGrace);

    private final Amount<?> amount;

    /**
     * A limit of a type: its key, and how it is set.
     *
     * @param key the key, with the default of {@link Limits}
     * @param set sets it
     */
    private record Amount<T>(Key<T> key, BiConsumer<Limits.Builder, T> set) {
        void copy(Given given, Limits.Builder limits) {
            given.one(key).ifPresent(value -> set.accept(limits, value));
        }
    }

    LimitKey(
            String description,
            Function<Limits, Integer> get,
            BiConsumer<Limits.Builder, Integer> set,
            int most,
            CliOption... option) {
        Key<Integer> key = Key.of(
                        key(), Key.Kind.COUNT, "1 to " + most, description, text -> Meanings.number(text, 1, most))
                .standard(get.apply(Limits.defaults()).toString());
        this.amount = new Amount<>(withOption(key, option), set);
    }

    LimitKey(
            String description,
            Function<Limits, Duration> get,
            BiConsumer<Limits.Builder, Duration> set,
            CliOption... option) {
        Key<Duration> key = Key.of(key(), Key.Kind.TIME, "TIME", description, Meanings::time)
                .standard(get.apply(Limits.defaults()).toSeconds() + "s");
        this.amount = new Amount<>(withOption(key, option), set);
    }

    private static <T> Key<T> withOption(Key<T> key, CliOption... option) {
        return option.length == 0
                ? key
                : key.option(option[0].group(), option[0].name(), option[0].label(), option[0].help());
    }

    /** Returns the name in the config file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the keys of all limits. */
    static Entry[] entries() {
        return Arrays.stream(values()).map(limit -> limit.amount.key()).toArray(Entry[]::new);
    }

    /** Returns the limits that are given, all others by default. */
    static Limits read(Given given) {
        Limits.Builder limits = Limits.builder();
        for (LimitKey limit : values()) {
            limit.amount.copy(given, limits);
        }
        return limits.build();
    }
}
