package io.ftpalg.routing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ftpalg.policy.route.ServerUse;
import io.ftpalg.routing.ServerHealth.Rank;
import io.ftpalg.routing.ServerState.Health;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ServerHealthTest {
    private static final HealthPolicy POLICY = HealthPolicy.DEFAULT; // 3 failures, 30 s, 30 s

    private final Clock clock = new Clock();
    private final ServerHealth health = with(POLICY, 0.5);
    private final Logger logger = (Logger) LoggerFactory.getLogger(ServerHealth.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private ServerHealth with(HealthPolicy policy, Double... draws) {
        return new ServerHealth(Names.server("ftp1:21"), policy, clock, new Draws(draws));
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void ejectsAfterThreeFailuresInARow() {
        fail(2);
        assertThat(health.state()).isEqualTo(new ServerState(Names.server("ftp1:21"), 0, Health.HEALTHY, 2));
        assertThat(health.rank()).isEqualTo(Rank.FIRST);

        fail(1);

        assertThat(health.state()).isEqualTo(new ServerState(Names.server("ftp1:21"), 0, Health.EJECTED, 3));
        assertThat(health.rank()).isEqualTo(Rank.LAST);
    }

    @Test
    void countsAnewAfterASuccess() {
        fail(2);
        health.succeeded();
        fail(2);

        assertThat(health.state().health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void comesBackSlowlyWhenItsTimeIsOver() {
        ServerHealth drawing = with(POLICY, 0.3, 0.3, 0.9, 0.99, 0.0);
        fail(3, drawing);
        clock.pass(Duration.ofSeconds(30).minusNanos(1));
        assertThat(drawing.rank()).isEqualTo(Rank.LAST);

        clock.pass(Duration.ofNanos(1));
        assertThat(drawing.rank()).as("0.3 at 0 of 30 s").isEqualTo(Rank.LATER);
        assertThat(drawing.state().health()).isEqualTo(Health.RETURNING);
        clock.pass(Duration.ofSeconds(15));
        assertThat(drawing.rank()).as("0.3 at 15 of 30 s").isEqualTo(Rank.FIRST);
        assertThat(drawing.rank()).as("0.9 at 15 of 30 s").isEqualTo(Rank.LATER);
        clock.pass(Duration.ofSeconds(15));
        assertThat(drawing.rank()).isEqualTo(Rank.FIRST);
        assertThat(drawing.state().health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void isEjectedAgainByOneFailureForTwiceAsLong() {
        fail(3);
        clock.pass(Duration.ofSeconds(30));
        assertThat(health.state().health()).isEqualTo(Health.RETURNING);

        fail(1);
        clock.pass(Duration.ofSeconds(60).minusNanos(1));
        assertThat(health.state().health()).isEqualTo(Health.EJECTED);
        clock.pass(Duration.ofNanos(1));
        assertThat(health.state().health()).isEqualTo(Health.RETURNING);
    }

    @Test
    void isEjectedForTheFirstTimeAgainAfterASuccess() {
        fail(3);
        clock.pass(Duration.ofSeconds(30));
        health.succeeded();

        fail(2);
        assertThat(health.state().health()).isEqualTo(Health.RETURNING);
        fail(1);

        clock.pass(Duration.ofSeconds(30));
        assertThat(health.state().health()).isEqualTo(Health.RETURNING);
    }

    @Test
    void comesBackAtOnceBySuccess() {
        fail(3);

        health.succeeded();

        assertThat(health.state()).isEqualTo(new ServerState(Names.server("ftp1:21"), 0, Health.RETURNING, 0));
        assertThat(health.rank()).isEqualTo(Rank.LATER);
    }

    @Test
    void isNotEjectedForLongerByWhatFailsMeanwhile() {
        fail(3);
        clock.pass(Duration.ofSeconds(29));
        fail(5);

        clock.pass(Duration.ofSeconds(1));

        assertThat(health.state().health()).isEqualTo(Health.RETURNING);
        fail(1);
        clock.pass(Duration.ofSeconds(60));
        assertThat(health.state().health()).isEqualTo(Health.RETURNING);
    }

    @Test
    void comesBackByItsTimeOnlyIfNoCheckFoundItIllMeanwhile() {
        fail(3);
        clock.pass(Duration.ofSeconds(29));
        health.checkFailed("refused");
        clock.pass(Duration.ofHours(1));
        assertThat(health.state().health()).isEqualTo(Health.EJECTED);

        health.checkSucceeded();
        assertThat(health.state().health()).isEqualTo(Health.RETURNING);
        fail(1);
        clock.pass(Duration.ofSeconds(60));

        assertThat(health.state().health()).as("no check since").isEqualTo(Health.RETURNING);
        assertThat(log.list)
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.WARN, Level.INFO, Level.WARN, Level.INFO);
    }

    /** A check does not see what is wrong with its TLS. */
    @Test
    void isEjectedBySessionsForItsWholeTimeWhateverChecksFind() {
        fail(2);
        health.checkSucceeded();
        fail(1);
        health.checkSucceeded();
        clock.pass(Duration.ofSeconds(30).minusNanos(1));
        assertThat(health.state()).isEqualTo(new ServerState(Names.server("ftp1:21"), 0, Health.EJECTED, 3));

        clock.pass(Duration.ofNanos(1));
        health.checkSucceeded();
        assertThat(health.state().health()).isEqualTo(Health.RETURNING);
        fail(1);
        health.checkSucceeded();
        clock.pass(Duration.ofSeconds(60).minusNanos(1));
        assertThat(health.state().health()).as("twice as long").isEqualTo(Health.EJECTED);
    }

    /** What checks saw too, they see the end of. */
    @Test
    void comesBackByACheckAtOnceIfAnotherHasFailedMeanwhile() {
        fail(3);
        health.checkFailed("refused");

        health.checkSucceeded();

        assertThat(health.state().health()).isEqualTo(Health.RETURNING);
    }

    @Test
    void isEjectedByChecksUntilOneSucceeds() {
        failChecks(3);
        clock.pass(Duration.ofHours(1));
        assertThat(health.state()).isEqualTo(new ServerState(Names.server("ftp1:21"), 0, Health.EJECTED, 3));

        health.checkSucceeded();

        assertThat(health.state()).isEqualTo(new ServerState(Names.server("ftp1:21"), 0, Health.RETURNING, 0));
        failChecks(2);
        assertThat(health.state().health()).as("counted anew").isEqualTo(Health.RETURNING);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "server ejected server=ftp1:21 seconds=30 failures=3 detail=\"check: refused\"",
                        "server returned server=ftp1:21 slow_return=30 detail=\"it replies again\"");
    }

    @Test
    void comesBackBySuccessOfASessionThatHadNoOtherServer() {
        failChecks(3);

        health.succeeded();

        assertThat(health.state()).isEqualTo(new ServerState(Names.server("ftp1:21"), 0, Health.RETURNING, 0));
    }

    @Test
    void countsFailuresOfSessionsAndOfChecksApart() {
        fail(2);
        failChecks(2);

        assertThat(health.state()).isEqualTo(new ServerState(Names.server("ftp1:21"), 0, Health.HEALTHY, 2));
    }

    @Test
    void comesBackWholeWithoutASlowReturn() {
        ServerHealth quick = with(POLICY.withEjection(1, Duration.ofSeconds(1), Duration.ZERO), 0.0);
        quick.failed("no");
        clock.pass(Duration.ofSeconds(1));

        assertThat(quick.rank()).isEqualTo(Rank.FIRST);
        assertThat(quick.state().health()).isEqualTo(Health.HEALTHY);
        quick.failed("no");
        clock.pass(Duration.ofSeconds(1));
        assertThat(quick.rank()).as("the second ejection in a row").isEqualTo(Rank.LAST);
    }

    @Test
    void countsEachSessionOnce() {
        ServerUse one = health.newUse();
        ServerUse other = health.newUse();

        one.begun();
        one.begun();
        other.begun();
        assertThat(health.sessions()).isEqualTo(2);
        one.ready();
        one.ended();
        one.ended();
        assertThat(health.sessions()).isEqualTo(1);
        other.failed("refused");
        other.ended();
        assertThat(health.sessions()).isZero();
        assertThat(health.state().failures()).isEqualTo(1);
    }

    @Test
    void countsASessionThatConnectsAnew() {
        ServerUse use = health.newUse();
        use.begun();
        use.ended();
        use.begun();

        assertThat(health.sessions()).isEqualTo(1);
    }

    @Test
    void hearsOfSessions() {
        for (int i = 0; i < 3; i++) {
            ServerUse use = health.newUse();
            use.begun();
            use.failed("connection refused");
        }
        assertThat(health.state().health()).isEqualTo(Health.EJECTED);

        health.newUse().ready();

        assertThat(health.state().health()).isEqualTo(Health.RETURNING);
    }

    @Test
    void countsTheSessionsOfManyThreads() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            threads.execute(() -> {
                for (int n = 0; n < 10_000; n++) {
                    ServerUse use = health.newUse();
                    use.begun();
                    use.ready();
                    use.ended();
                }
            });
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(health.sessions()).isZero();
    }

    @Test
    void tellsOnceThatItIsEjectedAndOnceThatItIsBack() {
        fail(4);
        clock.pass(Duration.ofSeconds(30));
        health.rank();
        health.state();

        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "server ejected server=ftp1:21 seconds=30 failures=3 detail=\"connection refused\"",
                        "server returned server=ftp1:21 slow_return=30 detail=\"the ejection ended\"");
    }

    private void failChecks(int times) {
        for (int i = 0; i < times; i++) {
            health.checkFailed("refused");
        }
    }

    private void fail(int times) {
        fail(times, health);
    }

    private static void fail(int times, ServerHealth server) {
        for (int i = 0; i < times; i++) {
            server.failed("connection refused");
        }
    }
}
