package io.ftpalg.policy;

import io.ftpalg.policy.Limit.Count;
import io.ftpalg.policy.Limit.Time;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Collects limits; made by {@link Limits#builder}, not thread-safe. The methods with one argument set the limit of their name. */
public final class LimitsBuilder {
    private final EnumMap<Count, Integer> counts = new EnumMap<>(Count.class);
    private final EnumMap<Time, Duration> times = new EnumMap<>(Time.class);

    LimitsBuilder() {
        for (Count limit : Count.values()) {
            counts.put(limit, limit.byDefault());
        }
        for (Time limit : Time.values()) {
            times.put(limit, limit.byDefault());
        }
    }

    LimitsBuilder(Map<Count, Integer> counts, Map<Time, Duration> times) {
        this.counts.putAll(counts);
        this.times.putAll(times);
    }

    /** Sets a limit on a number or a size. */
    public LimitsBuilder set(Count limit, int value) {
        counts.put(limit, value);
        return this;
    }

    /** Sets a limit on a time. */
    public LimitsBuilder set(Time limit, Duration value) {
        times.put(limit, value);
        return this;
    }

    /** Sets {@link Limit.Count#COMMAND_LINE}. */
    public LimitsBuilder commandLine(int value) {
        return set(Count.COMMAND_LINE, value);
    }

    /** Sets {@link Limit.Count#REPLY_LINE}. */
    public LimitsBuilder replyLine(int value) {
        return set(Count.REPLY_LINE, value);
    }

    /** Sets {@link Limit.Count#REPLY_LINES}. */
    public LimitsBuilder replyLines(int value) {
        return set(Count.REPLY_LINES, value);
    }

    /** Sets {@link Limit.Count#REPLY_BYTES}. */
    public LimitsBuilder replyBytes(int value) {
        return set(Count.REPLY_BYTES, value);
    }

    /** Sets {@link Limit.Count#TELNET_OPTIONS}. */
    public LimitsBuilder telnetOptions(int value) {
        return set(Count.TELNET_OPTIONS, value);
    }

    /** Sets {@link Limit.Count#PIPELINED_COMMANDS}. */
    public LimitsBuilder pipelinedCommands(int value) {
        return set(Count.PIPELINED_COMMANDS, value);
    }

    /** Sets {@link Limit.Count#PIPELINED_BYTES}. */
    public LimitsBuilder pipelinedBytes(int value) {
        return set(Count.PIPELINED_BYTES, value);
    }

    /** Sets {@link Limit.Count#CONTROL_BUFFER}. */
    public LimitsBuilder controlBuffer(int value) {
        return set(Count.CONTROL_BUFFER, value);
    }

    /** Sets {@link Limit.Count#CONTROL_MEMORY}. */
    public LimitsBuilder controlMemory(int value) {
        return set(Count.CONTROL_MEMORY, value);
    }

    /** Sets {@link Limit.Count#SESSIONS}. */
    public LimitsBuilder sessions(int value) {
        return set(Count.SESSIONS, value);
    }

    /** Sets {@link Limit.Count#SESSIONS_PER_ADDRESS}. */
    public LimitsBuilder sessionsPerAddress(int value) {
        return set(Count.SESSIONS_PER_ADDRESS, value);
    }

    /** Sets {@link Limit.Count#NEW_SESSIONS_PER_SECOND}. */
    public LimitsBuilder newSessionsPerSecond(int value) {
        return set(Count.NEW_SESSIONS_PER_SECOND, value);
    }

    /** Sets {@link Limit.Count#REFUSED_CLIENTS}. */
    public LimitsBuilder refusedClients(int value) {
        return set(Count.REFUSED_CLIENTS, value);
    }

    /** Sets {@link Limit.Count#REFUSED_CLIENTS_PER_ADDRESS}. */
    public LimitsBuilder refusedClientsPerAddress(int value) {
        return set(Count.REFUSED_CLIENTS_PER_ADDRESS, value);
    }

    /** Sets {@link Limit.Count#BAD_COMMANDS}. */
    public LimitsBuilder badCommands(int value) {
        return set(Count.BAD_COMMANDS, value);
    }

    /** Sets {@link Limit.Count#FAILED_LOGINS}. */
    public LimitsBuilder failedLogins(int value) {
        return set(Count.FAILED_LOGINS, value);
    }

    /** Sets {@link Limit.Count#FAILED_LOGINS_PER_ADDRESS}. */
    public LimitsBuilder failedLoginsPerAddress(int value) {
        return set(Count.FAILED_LOGINS_PER_ADDRESS, value);
    }

    /** Sets {@link Limit.Count#FAILED_LOGINS_PER_USER}. */
    public LimitsBuilder failedLoginsPerUser(int value) {
        return set(Count.FAILED_LOGINS_PER_USER, value);
    }

    /** Sets {@link Limit.Count#UNEXPECTED_PEERS}. */
    public LimitsBuilder unexpectedPeers(int value) {
        return set(Count.UNEXPECTED_PEERS, value);
    }

    /** Sets {@link Limit.Count#UNSOLICITED_REPLIES}. */
    public LimitsBuilder unsolicitedReplies(int value) {
        return set(Count.UNSOLICITED_REPLIES, value);
    }

    /** Sets {@link Limit.Count#PASSIVE_SHARE}. */
    public LimitsBuilder passiveShare(int value) {
        return set(Count.PASSIVE_SHARE, value);
    }

    /** Sets {@link Limit.Count#RELAY_BUFFER}. */
    public LimitsBuilder relayBuffer(int value) {
        return set(Count.RELAY_BUFFER, value);
    }

    /** Sets {@link Limit.Count#RELAY_MEMORY}. */
    public LimitsBuilder relayMemory(int value) {
        return set(Count.RELAY_MEMORY, value);
    }

    /** Sets {@link Limit.Time#FAILED_LOGIN_WINDOW}. */
    public LimitsBuilder failedLoginWindow(Duration value) {
        return set(Time.FAILED_LOGIN_WINDOW, value);
    }

    /** Sets {@link Limit.Time#LOGIN_DELAY}. */
    public LimitsBuilder loginDelay(Duration value) {
        return set(Time.LOGIN_DELAY, value);
    }

    /** Sets {@link Limit.Time#LOGIN_TIMEOUT}. */
    public LimitsBuilder loginTimeout(Duration value) {
        return set(Time.LOGIN_TIMEOUT, value);
    }

    /** Sets {@link Limit.Time#LINE_TIMEOUT}. */
    public LimitsBuilder lineTimeout(Duration value) {
        return set(Time.LINE_TIMEOUT, value);
    }

    /** Sets {@link Limit.Time#IDLE_TIMEOUT}. */
    public LimitsBuilder idleTimeout(Duration value) {
        return set(Time.IDLE_TIMEOUT, value);
    }

    /** Sets {@link Limit.Time#TRANSPARENT_IDLE_TIMEOUT}. */
    public LimitsBuilder transparentIdleTimeout(Duration value) {
        return set(Time.TRANSPARENT_IDLE_TIMEOUT, value);
    }

    /** Sets {@link Limit.Time#CONNECT_TIMEOUT}. */
    public LimitsBuilder connectTimeout(Duration value) {
        return set(Time.CONNECT_TIMEOUT, value);
    }

    /** Sets {@link Limit.Time#TARGET_TIMEOUT}. */
    public LimitsBuilder targetTimeout(Duration value) {
        return set(Time.TARGET_TIMEOUT, value);
    }

    /** Sets {@link Limit.Time#REPLY_TIMEOUT}. */
    public LimitsBuilder replyTimeout(Duration value) {
        return set(Time.REPLY_TIMEOUT, value);
    }

    /** Sets {@link Limit.Time#GREETING_TIMEOUT}. */
    public LimitsBuilder greetingTimeout(Duration value) {
        return set(Time.GREETING_TIMEOUT, value);
    }

    /** Sets {@link Limit.Time#TLS_HANDSHAKE_TIMEOUT}. */
    public LimitsBuilder tlsHandshakeTimeout(Duration value) {
        return set(Time.TLS_HANDSHAKE_TIMEOUT, value);
    }

    /** Sets {@link Limit.Time#EXTENDED_REPLY_TIMEOUT}. */
    public LimitsBuilder extendedReplyTimeout(Duration value) {
        return set(Time.EXTENDED_REPLY_TIMEOUT, value);
    }

    /** Sets {@link Limit.Time#DATA_ACCEPT_TIMEOUT}. */
    public LimitsBuilder dataAcceptTimeout(Duration value) {
        return set(Time.DATA_ACCEPT_TIMEOUT, value);
    }

    /** Sets {@link Limit.Time#DATA_IDLE_TIMEOUT}. */
    public LimitsBuilder dataIdleTimeout(Duration value) {
        return set(Time.DATA_IDLE_TIMEOUT, value);
    }

    /** Sets {@link Limit.Time#STALL_TIMEOUT}. */
    public LimitsBuilder stallTimeout(Duration value) {
        return set(Time.STALL_TIMEOUT, value);
    }

    /** Sets {@link Limit.Time#ABORT_GRACE}. */
    public LimitsBuilder abortGrace(Duration value) {
        return set(Time.ABORT_GRACE, value);
    }

    /** Sets {@link Limit.Time#CLOSE_GRACE}. */
    public LimitsBuilder closeGrace(Duration value) {
        return set(Time.CLOSE_GRACE, value);
    }

    /** Returns the limits, which later calls do not change; fails with IllegalArgumentException if one is not within its range. */
    public Limits build() {
        counts.forEach(Count::check);
        times.forEach(Time::check);
        return new Limits(counts, times);
    }
}
