package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LimitsTest {
    private static final List<Size> SIZES = List.of(
            new Size("commandLine", Limits::commandLine, Limits.Builder::commandLine),
            new Size("replyLine", Limits::replyLine, Limits.Builder::replyLine),
            new Size("replyLines", Limits::replyLines, Limits.Builder::replyLines),
            new Size("replyBytes", Limits::replyBytes, Limits.Builder::replyBytes),
            new Size("telnetOptions", Limits::telnetOptions, Limits.Builder::telnetOptions),
            new Size("pipelinedCommands", Limits::pipelinedCommands, Limits.Builder::pipelinedCommands),
            new Size("pipelinedBytes", Limits::pipelinedBytes, Limits.Builder::pipelinedBytes),
            new Size("controlBuffer", Limits::controlBuffer, Limits.Builder::controlBuffer),
            new Size("controlMemory", Limits::controlMemory, Limits.Builder::controlMemory),
            new Size("sessions", Limits::sessions, Limits.Builder::sessions),
            new Size("sessionsPerAddress", Limits::sessionsPerAddress, Limits.Builder::sessionsPerAddress),
            new Size("newSessionsPerSecond", Limits::newSessionsPerSecond, Limits.Builder::newSessionsPerSecond),
            new Size("refusedClients", Limits::refusedClients, Limits.Builder::refusedClients),
            new Size(
                    "refusedClientsPerAddress",
                    Limits::refusedClientsPerAddress,
                    Limits.Builder::refusedClientsPerAddress),
            new Size("badCommands", Limits::badCommands, Limits.Builder::badCommands),
            new Size("failedLogins", Limits::failedLogins, Limits.Builder::failedLogins),
            new Size("failedLoginsPerAddress", Limits::failedLoginsPerAddress, Limits.Builder::failedLoginsPerAddress),
            new Size("failedLoginsPerUser", Limits::failedLoginsPerUser, Limits.Builder::failedLoginsPerUser),
            new Size("unexpectedPeers", Limits::unexpectedPeers, Limits.Builder::unexpectedPeers),
            new Size("unsolicitedReplies", Limits::unsolicitedReplies, Limits.Builder::unsolicitedReplies),
            new Size("passiveShare", Limits::passiveShare, Limits.Builder::passiveShare),
            new Size("relayBuffer", Limits::relayBuffer, Limits.Builder::relayBuffer),
            new Size("relayMemory", Limits::relayMemory, Limits.Builder::relayMemory));

    private static final List<Time> TIMES = List.of(
            new Time("failedLoginWindow", Limits::failedLoginWindow, Limits.Builder::failedLoginWindow),
            new Time("loginDelay", Limits::loginDelay, Limits.Builder::loginDelay),
            new Time("loginTimeout", Limits::loginTimeout, Limits.Builder::loginTimeout),
            new Time("lineTimeout", Limits::lineTimeout, Limits.Builder::lineTimeout),
            new Time("idleTimeout", Limits::idleTimeout, Limits.Builder::idleTimeout),
            new Time("transparentIdleTimeout", Limits::transparentIdleTimeout, Limits.Builder::transparentIdleTimeout),
            new Time("connectTimeout", Limits::connectTimeout, Limits.Builder::connectTimeout),
            new Time("targetTimeout", Limits::targetTimeout, Limits.Builder::targetTimeout),
            new Time("replyTimeout", Limits::replyTimeout, Limits.Builder::replyTimeout),
            new Time("greetingTimeout", Limits::greetingTimeout, Limits.Builder::greetingTimeout),
            new Time("tlsHandshakeTimeout", Limits::tlsHandshakeTimeout, Limits.Builder::tlsHandshakeTimeout),
            new Time("extendedReplyTimeout", Limits::extendedReplyTimeout, Limits.Builder::extendedReplyTimeout),
            new Time("dataAcceptTimeout", Limits::dataAcceptTimeout, Limits.Builder::dataAcceptTimeout),
            new Time("dataIdleTimeout", Limits::dataIdleTimeout, Limits.Builder::dataIdleTimeout),
            new Time("stallTimeout", Limits::stallTimeout, Limits.Builder::stallTimeout),
            new Time("abortGrace", Limits::abortGrace, Limits.Builder::abortGrace),
            new Time("closeGrace", Limits::closeGrace, Limits.Builder::closeGrace));

    /** A limit on a number: its name, how it is read and how it is set. */
    private record Size(
            String name, Function<Limits, Integer> get, BiFunction<Limits.Builder, Integer, Limits.Builder> set) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A limit on a time: its name, how it is read and how it is set. */
    private record Time(
            String name, Function<Limits, Duration> get, BiFunction<Limits.Builder, Duration, Limits.Builder> set) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Size> sizes() {
        return SIZES;
    }

    static List<Time> times() {
        return TIMES;
    }

    @Test
    void allAreTestedHere() {
        assertThat(Stream.concat(SIZES.stream().map(Size::name), TIMES.stream().map(Time::name)))
                .hasSize(Limits.class.getRecordComponents().length)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void eachSizeIsSetAloneAndIsAtLeastOne(Size size) {
        Limits changed = size.set().apply(Limits.builder(), 1).build();

        assertThat(size.get().apply(changed)).isEqualTo(1);
        assertThat(size.set()
                        .apply(changed.toBuilder(), size.get().apply(Limits.defaults()))
                        .build())
                .isEqualTo(Limits.defaults())
                .isNotEqualTo(changed);
        for (int bad : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> size.set().apply(Limits.builder(), bad).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("limit " + size.name() + " is at least 1, not " + bad);
        }
    }

    @ParameterizedTest
    @MethodSource("times")
    void eachTimeIsSetAloneAndIsLongerThanNothing(Time time) {
        Limits changed = time.set().apply(Limits.builder(), Duration.ofNanos(1)).build();

        assertThat(time.get().apply(changed)).isEqualTo(Duration.ofNanos(1));
        assertThat(time.set()
                        .apply(changed.toBuilder(), time.get().apply(Limits.defaults()))
                        .build())
                .isEqualTo(Limits.defaults())
                .isNotEqualTo(changed);
        for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatThrownBy(() -> time.set().apply(Limits.builder(), bad).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("limit " + time.name() + " is longer than nothing, not " + bad);
        }
    }

    @Test
    void defaultsSuitTheOpenInternet() {
        Limits limits = Limits.defaults();

        assertThat(limits.commandLine()).isEqualTo(8192);
        assertThat(limits.replyLine()).isEqualTo(16384);
        assertThat(limits.replyLines()).isEqualTo(10_000);
        assertThat(limits.replyBytes()).isEqualTo(1024 * 1024);
        assertThat(limits.telnetOptions()).isEqualTo(32);
        assertThat(limits.pipelinedCommands()).isEqualTo(64);
        assertThat(limits.pipelinedBytes()).isEqualTo(64 * 1024);
        assertThat(limits.controlBuffer()).isEqualTo(64 * 1024);
        assertThat(limits.controlMemory()).isEqualTo(12);
        assertThat(limits.sessions()).isEqualTo(20_000);
        assertThat(limits.sessionsPerAddress()).isEqualTo(50);
        assertThat(limits.newSessionsPerSecond()).isEqualTo(20);
        assertThat(limits.refusedClients()).isEqualTo(256);
        assertThat(limits.refusedClientsPerAddress()).isEqualTo(8);
        assertThat(limits.badCommands()).isEqualTo(10);
        assertThat(limits.failedLogins()).isBetween(3, 5);
        assertThat(limits.failedLoginsPerAddress()).isEqualTo(20);
        assertThat(limits.failedLoginsPerUser()).isEqualTo(50);
        assertThat(limits.failedLoginWindow()).hasMinutes(10);
        assertThat(limits.loginDelay()).hasSeconds(5);
        assertThat(limits.unsolicitedReplies()).isEqualTo(100);
        assertThat(limits.passiveShare()).isEqualTo(10);
        assertThat(limits.relayMemory()).isEqualTo(64 * 1024 * 1024);
        assertThat(limits.relayBuffer()).isLessThanOrEqualTo(256 * 1024);
        assertThat(limits.loginTimeout()).hasSeconds(60);
        assertThat(limits.lineTimeout()).hasSeconds(30);
        assertThat(limits.idleTimeout()).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
        assertThat(limits.connectTimeout()).hasSeconds(10);
        assertThat(limits.transparentIdleTimeout()).hasSeconds(3600);
        assertThat(limits.targetTimeout()).hasSeconds(15);
        assertThat(limits.replyTimeout()).hasSeconds(600);
        assertThat(limits.dataAcceptTimeout())
                .as("V9: at least 30 seconds (RFC 6384 section 12)")
                .hasSeconds(60);
        assertThat(limits.dataIdleTimeout()).hasSeconds(60);
        assertThat(limits.stallTimeout()).hasSeconds(300);
        assertThat(limits.abortGrace()).hasSeconds(5);
    }
}
