package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.Limit.Count;
import io.ftpalg.policy.Limit.Time;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limit, Limits and LimitsBuilder. */
class LimitsTest {
    private static final Duration NANO = Duration.ofNanos(1);

    @ParameterizedTest
    @EnumSource
    void takesEachNumberWithinItsRangeAlone(Count limit) {
        for (int value : new int[] {1, 2, limit.largest() - 1, limit.largest()}) {
            Limits changed = Limits.builder().set(limit, value).build();

            assertThat(changed.get(limit)).isEqualTo(value);
            assertThat(changed.toBuilder().set(limit, limit.byDefault()).build())
                    .isEqualTo(Limits.defaults());
        }
        assertThat(Limits.defaults().get(limit)).isEqualTo(limit.byDefault()).isBetween(1, limit.largest());
    }

    @ParameterizedTest
    @EnumSource
    void refusesEachNumberOutsideItsRange(Count limit) {
        for (int bad : new int[] {Integer.MIN_VALUE, -1, 0, limit.largest() + 1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> Limits.builder().set(limit, bad).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("limit " + limit + " is 1 to " + limit.largest() + ", not " + bad);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesEachTimeWithinItsRangeAlone(Time limit) {
        for (Duration value : List.of(NANO, NANO.plus(NANO), Time.LONGEST.minus(NANO), Time.LONGEST)) {
            Limits changed = Limits.builder().set(limit, value).build();

            assertThat(changed.get(limit)).isEqualTo(value);
            assertThat(changed.toBuilder().set(limit, limit.byDefault()).build())
                    .isEqualTo(Limits.defaults());
        }
        assertThat(Limits.defaults().get(limit)).isEqualTo(limit.byDefault()).isBetween(NANO, Time.LONGEST);
    }

    @ParameterizedTest
    @EnumSource
    void refusesEachTimeOutsideItsRange(Time limit) {
        for (Duration bad : List.of(Duration.ofSeconds(-1), Duration.ZERO, Time.LONGEST.plus(NANO))) {
            assertThatThrownBy(() -> Limits.builder().set(limit, bad).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "limit " + limit + " is longer than nothing and at most " + Time.LONGEST + ", not " + bad);
        }
    }

    @Test
    void theLongestTimeFitsIntoADeadline() {
        assertThat(Time.LONGEST.toNanos()).isPositive();
    }

    /** A convenience that is not asked for: a new limit needs no method of its name. */
    @TestFactory
    Stream<DynamicTest> methodsHaveTheLimitOfTheirName() {
        Map<String, Limit> byName =
                Limit.all().stream().collect(Collectors.toMap(LimitsTest::methodName, limit -> limit));
        Map<String, Method> getters = methods(Limits.class, 0, List.of(int.class, Duration.class));
        getters.remove("hashCode");
        Map<String, Method> setters = methods(LimitsBuilder.class, 1, List.of(LimitsBuilder.class));

        assertThat(getters.keySet()).isEqualTo(setters.keySet()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(byName.keySet()).containsAll(getters.keySet());
        return byName.entrySet().stream()
                .filter(entry -> getters.containsKey(entry.getKey()))
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Limit limit = entry.getValue();
                    LimitsBuilder builder = Limits.builder();
                    Object value = limit instanceof Count ? (Object) 1 : NANO;
                    assertThat(Objects.requireNonNull(setters.get(entry.getKey()))
                                    .invoke(builder, value))
                            .isSameAs(builder);
                    Limits changed = builder.build();
                    assertThat(Objects.requireNonNull(getters.get(entry.getKey()))
                                    .invoke(changed))
                            .isEqualTo(value)
                            .isEqualTo(limit instanceof Count count ? changed.get(count) : changed.get((Time) limit));
                }));
    }

    private static String methodName(Limit limit) {
        String words = Stream.of(limit.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    private static Map<String, Method> methods(Class<?> type, int parameters, List<Class<?>> returned) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> method.getParameterCount() == parameters && returned.contains(method.getReturnType()))
                .collect(Collectors.toMap(Method::getName, method -> method, (a, b) -> a, TreeMap::new));
    }

    @Test
    void eachIsDescribedOnceAndInALine() {
        assertThat(Limit.all())
                .hasSize(Count.values().length + Time.values().length)
                .extracting(Limit::description)
                .doesNotHaveDuplicates()
                .allMatch(text -> text.matches("[^|\n]{10,130}[^.]"));
    }

    @Test
    void aBuilderThatGoesOnChangesNothing() {
        LimitsBuilder builder = Limits.builder().sessions(1).idleTimeout(NANO);
        Limits built = builder.build();

        builder.sessions(2).idleTimeout(NANO.plus(NANO));
        built.toBuilder().sessions(3).idleTimeout(Duration.ofDays(1));

        assertThat(built.sessions()).isEqualTo(1);
        assertThat(built.idleTimeout()).isEqualTo(NANO);
        assertThat(Limits.defaults().sessions()).isEqualTo(20_000);
    }

    @Test
    void areValues() {
        Limits one = Limits.builder().sessions(1).idleTimeout(NANO).build();
        Limits same = one.toBuilder().build();

        assertThat(one)
                .isEqualTo(same)
                .hasSameHashCodeAs(same)
                .isNotEqualTo(one.toBuilder().sessions(2).build())
                .isNotEqualTo(one.toBuilder().idleTimeout(Duration.ofDays(1)).build())
                .isNotEqualTo("limits")
                .hasToString("Limits[SESSIONS=1, IDLE_TIMEOUT=PT0.000000001S]");
        assertThat(Limits.defaults()).hasToString("Limits[]");
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
