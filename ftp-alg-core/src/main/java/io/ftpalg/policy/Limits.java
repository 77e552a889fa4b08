package io.ftpalg.policy;

import io.ftpalg.policy.Limit.Count;
import io.ftpalg.policy.Limit.Time;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How much a session, a client and the gateway may take, and how long each wait lasts: a value for each {@link Limit}, within its
 * range. Immutable.
 *
 * <p>{@link #defaults()} suits a gateway on the open Internet. The methods without an argument return the limit of their name.
 */
public final class Limits {
    private static final Limits DEFAULTS = new LimitsBuilder().build();

    private final Map<Count, Integer> counts;
    private final Map<Time, Duration> times;

    /** Has copies of these, which have all limits. */
    Limits(EnumMap<Count, Integer> counts, EnumMap<Time, Duration> times) {
        this.counts = Collections.unmodifiableMap(counts.clone());
        this.times = Collections.unmodifiableMap(times.clone());
    }

    /** Returns the limits that hold where nothing else is set. */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /** Returns a builder that starts from the defaults. */
    public static LimitsBuilder builder() {
        return new LimitsBuilder();
    }

    /** Returns a builder that starts from these limits. */
    public LimitsBuilder toBuilder() {
        return new LimitsBuilder(counts, times);
    }

    /** Returns a limit on a number or a size. */
    public int get(Count limit) {
        return Objects.requireNonNull(counts.get(limit));
    }

    /** Returns a limit on a time. */
    public Duration get(Time limit) {
        return Objects.requireNonNull(times.get(limit));
    }

    /** Returns {@link Limit.Count#COMMAND_LINE}. */
    public int commandLine() {
        return get(Count.COMMAND_LINE);
    }

    /** Returns {@link Limit.Count#REPLY_LINE}. */
    public int replyLine() {
        return get(Count.REPLY_LINE);
    }

    /** Returns {@link Limit.Count#REPLY_LINES}. */
    public int replyLines() {
        return get(Count.REPLY_LINES);
    }

    /** Returns {@link Limit.Count#REPLY_BYTES}. */
    public int replyBytes() {
        return get(Count.REPLY_BYTES);
    }

    /** Returns {@link Limit.Count#TELNET_OPTIONS}. */
    public int telnetOptions() {
        return get(Count.TELNET_OPTIONS);
    }

    /** Returns {@link Limit.Count#PIPELINED_COMMANDS}. */
    public int pipelinedCommands() {
        return get(Count.PIPELINED_COMMANDS);
    }

    /** Returns {@link Limit.Count#PIPELINED_BYTES}. */
    public int pipelinedBytes() {
        return get(Count.PIPELINED_BYTES);
    }

    /** Returns {@link Limit.Count#CONTROL_BUFFER}. */
    public int controlBuffer() {
        return get(Count.CONTROL_BUFFER);
    }

    /** Returns {@link Limit.Count#CONTROL_MEMORY}. */
    public int controlMemory() {
        return get(Count.CONTROL_MEMORY);
    }

    /** Returns {@link Limit.Count#SESSIONS}. */
    public int sessions() {
        return get(Count.SESSIONS);
    }

    /** Returns {@link Limit.Count#SESSIONS_PER_ADDRESS}. */
    public int sessionsPerAddress() {
        return get(Count.SESSIONS_PER_ADDRESS);
    }

    /** Returns {@link Limit.Count#NEW_SESSIONS_PER_SECOND}. */
    public int newSessionsPerSecond() {
        return get(Count.NEW_SESSIONS_PER_SECOND);
    }

    /** Returns {@link Limit.Count#REFUSED_CLIENTS}. */
    public int refusedClients() {
        return get(Count.REFUSED_CLIENTS);
    }

    /** Returns {@link Limit.Count#REFUSED_CLIENTS_PER_ADDRESS}. */
    public int refusedClientsPerAddress() {
        return get(Count.REFUSED_CLIENTS_PER_ADDRESS);
    }

    /** Returns {@link Limit.Count#BAD_COMMANDS}. */
    public int badCommands() {
        return get(Count.BAD_COMMANDS);
    }

    /** Returns {@link Limit.Count#FAILED_LOGINS}. */
    public int failedLogins() {
        return get(Count.FAILED_LOGINS);
    }

    /** Returns {@link Limit.Count#FAILED_LOGINS_PER_ADDRESS}. */
    public int failedLoginsPerAddress() {
        return get(Count.FAILED_LOGINS_PER_ADDRESS);
    }

    /** Returns {@link Limit.Count#FAILED_LOGINS_PER_USER}. */
    public int failedLoginsPerUser() {
        return get(Count.FAILED_LOGINS_PER_USER);
    }

    /** Returns {@link Limit.Count#UNEXPECTED_PEERS}. */
    public int unexpectedPeers() {
        return get(Count.UNEXPECTED_PEERS);
    }

    /** Returns {@link Limit.Count#UNSOLICITED_REPLIES}. */
    public int unsolicitedReplies() {
        return get(Count.UNSOLICITED_REPLIES);
    }

    /** Returns {@link Limit.Count#PASSIVE_SHARE}. */
    public int passiveShare() {
        return get(Count.PASSIVE_SHARE);
    }

    /** Returns {@link Limit.Count#RELAY_BUFFER}. */
    public int relayBuffer() {
        return get(Count.RELAY_BUFFER);
    }

    /** Returns {@link Limit.Count#RELAY_MEMORY}. */
    public int relayMemory() {
        return get(Count.RELAY_MEMORY);
    }

    /** Returns {@link Limit.Time#FAILED_LOGIN_WINDOW}. */
    public Duration failedLoginWindow() {
        return get(Time.FAILED_LOGIN_WINDOW);
    }

    /** Returns {@link Limit.Time#LOGIN_DELAY}. */
    public Duration loginDelay() {
        return get(Time.LOGIN_DELAY);
    }

    /** Returns {@link Limit.Time#LOGIN_TIMEOUT}. */
    public Duration loginTimeout() {
        return get(Time.LOGIN_TIMEOUT);
    }

    /** Returns {@link Limit.Time#LINE_TIMEOUT}. */
    public Duration lineTimeout() {
        return get(Time.LINE_TIMEOUT);
    }

    /** Returns {@link Limit.Time#IDLE_TIMEOUT}. */
    public Duration idleTimeout() {
        return get(Time.IDLE_TIMEOUT);
    }

    /** Returns {@link Limit.Time#TRANSPARENT_IDLE_TIMEOUT}. */
    public Duration transparentIdleTimeout() {
        return get(Time.TRANSPARENT_IDLE_TIMEOUT);
    }

    /** Returns {@link Limit.Time#CONNECT_TIMEOUT}. */
    public Duration connectTimeout() {
        return get(Time.CONNECT_TIMEOUT);
    }

    /** Returns {@link Limit.Time#TARGET_TIMEOUT}. */
    public Duration targetTimeout() {
        return get(Time.TARGET_TIMEOUT);
    }

    /** Returns {@link Limit.Time#REPLY_TIMEOUT}. */
    public Duration replyTimeout() {
        return get(Time.REPLY_TIMEOUT);
    }

    /** Returns {@link Limit.Time#GREETING_TIMEOUT}. */
    public Duration greetingTimeout() {
        return get(Time.GREETING_TIMEOUT);
    }

    /** Returns {@link Limit.Time#TLS_HANDSHAKE_TIMEOUT}. */
    public Duration tlsHandshakeTimeout() {
        return get(Time.TLS_HANDSHAKE_TIMEOUT);
    }

    /** Returns {@link Limit.Time#EXTENDED_REPLY_TIMEOUT}. */
    public Duration extendedReplyTimeout() {
        return get(Time.EXTENDED_REPLY_TIMEOUT);
    }

    /** Returns {@link Limit.Time#DATA_ACCEPT_TIMEOUT}. */
    public Duration dataAcceptTimeout() {
        return get(Time.DATA_ACCEPT_TIMEOUT);
    }

    /** Returns {@link Limit.Time#DATA_IDLE_TIMEOUT}. */
    public Duration dataIdleTimeout() {
        return get(Time.DATA_IDLE_TIMEOUT);
    }

    /** Returns {@link Limit.Time#STALL_TIMEOUT}. */
    public Duration stallTimeout() {
        return get(Time.STALL_TIMEOUT);
    }

    /** Returns {@link Limit.Time#ABORT_GRACE}. */
    public Duration abortGrace() {
        return get(Time.ABORT_GRACE);
    }

    /** Returns {@link Limit.Time#CLOSE_GRACE}. */
    public Duration closeGrace() {
        return get(Time.CLOSE_GRACE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Limits limits && counts.equals(limits.counts) && times.equals(limits.times);
    }

    @Override
    public int hashCode() {
        return Objects.hash(counts, times);
    }

    /** Returns those that are not the default. */
    @Override
    public String toString() {
        return Limit.all().stream()
                .filter(limit -> !valueOf(limit).equals(DEFAULTS.valueOf(limit)))
                .map(limit -> limit.name() + '=' + valueOf(limit))
                .collect(Collectors.joining(", ", "Limits[", "]"));
    }

    private Object valueOf(Limit limit) {
        return limit instanceof Count count ? get(count) : get((Time) limit);
    }
}
