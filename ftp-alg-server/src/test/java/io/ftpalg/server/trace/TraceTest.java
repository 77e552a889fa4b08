package io.ftpalg.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.TraceLine;
import io.ftpalg.live.TraceLine.Direction;
import io.ftpalg.protocol.Cidr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which sessions and lines a trace has, and what its reader gets. */
class TraceTest {
    private final List<String> read = new ArrayList<>();

    private static Trace trace(Optional<String> client, Optional<String> user, Optional<Integer> sessions) {
        return new Trace(
                1,
                new TraceWanted(
                        client.map(text -> Cidr.parse(text).orElseThrow()), user, sessions, Duration.ofHours(1)),
                "me");
    }

    private static SessionSnapshot session(long id, Optional<String> user) {
        InetSocketAddress client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000);
        return new SessionSnapshot(
                id,
                client,
                client,
                SessionSnapshot.Phase.LOGIN,
                Optional.empty(),
                user,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                0,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty());
    }

    private static TraceLine command(long session, String text) {
        return new TraceLine(session, Instant.EPOCH, Direction.FROM_CLIENT, text);
    }

    private static TraceLine reply(long session, String text) {
        return new TraceLine(session, Instant.EPOCH, Direction.TO_CLIENT, text);
    }

    private Trace.Reader reader(int takes) {
        return new Trace.Reader() {
            @Override
            public boolean line(String json) {
                return read.size() < takes && read.add(json);
            }

            @Override
            public boolean missing(long count) {
                return read.size() < takes && read.add("missing " + count);
            }

            @Override
            public void over(String reason) {
                read.add("over " + reason);
            }
        };
    }

    @Test
    void hasTheClientsOfItsNetworkOnly() {
        assertThat(trace(Optional.of("127.0.0.0/8"), Optional.empty(), Optional.empty())
                        .wants(session(1, Optional.empty())))
                .isTrue();
        assertThat(trace(Optional.of("10.0.0.0/8"), Optional.empty(), Optional.empty())
                        .wants(session(1, Optional.empty())))
                .isFalse();
    }

    @Test
    void hasSoManySessionsAndNoMore() {
        Trace trace = trace(Optional.empty(), Optional.empty(), Optional.of(1));

        assertThat(trace.wants(session(1, Optional.empty()))).isTrue();
        assertThat(trace.wants(session(2, Optional.empty()))).isFalse();
        assertThat(trace.line(command(2, "NOOP"))).isFalse();
        assertThat(trace.sessionEnded(1)).isTrue();
        assertThat(trace.sessions()).isEqualTo(1);
    }

    @Test
    void showsWhatASessionDidBeforeItNamedTheWantedUser() {
        Trace trace = trace(Optional.empty(), Optional.of("joe"), Optional.empty());

        assertThat(trace.wants(session(1, Optional.of("joe")))).isTrue();
        assertThat(trace.wants(session(2, Optional.of("ann")))).isFalse();
        assertThat(trace.wants(session(3, Optional.empty()))).isTrue();
        assertThat(trace.wants(session(4, Optional.empty()))).isTrue();
        assertThat(trace.line(reply(3, "220 hello"))).isTrue();
        assertThat(trace.line(command(4, "USER ann"))).isFalse();
        assertThat(trace.line(command(3, "USER joe@ftp.example.com"))).isTrue();
        assertThat(trace.line(reply(3, "331 password"))).isTrue();
        trace.event(3, "transfer");
        trace.event(4, "transfer");

        trace.drain(reader(10));

        assertThat(read).hasSize(4);
        assertThat(String.join("\n", read)).contains("220 hello", "USER joe@", "331 password", "event");
    }

    @Test
    void keepsABoundedNumberOfLinesOfASessionWithoutAUser() {
        Trace trace = trace(Optional.empty(), Optional.of("joe"), Optional.empty());
        trace.wants(session(1, Optional.empty()));
        for (int i = 0; i < 100; i++) {
            assertThat(trace.line(command(1, "NOOP"))).isTrue();
        }

        assertThat(trace.line(command(1, "USER joe%host"))).isTrue();

        assertThat(trace.lines()).isEqualTo(64);
    }

    @Test
    void hasNoLineBehindItsEnd() {
        Trace trace = trace(Optional.empty(), Optional.of("joe"), Optional.empty());
        trace.wants(session(1, Optional.empty()));
        trace.wants(session(2, Optional.of("joe")));
        trace.end("stopped");
        trace.end("again");

        assertThat(trace.wants(session(3, Optional.of("joe")))).isFalse();
        assertThat(trace.line(command(1, "USER joe"))).isFalse();
        assertThat(trace.line(command(2, "NOOP"))).isFalse();
        trace.event(2, "transfer");
        trace.drain(reader(10));

        assertThat(read).containsExactly("over stopped");
        assertThat(trace.ended()).contains("stopped");
    }

    @Test
    void hasOneReaderWhichMayTakeNoMoreForNow() {
        Trace trace = trace(Optional.empty(), Optional.empty(), Optional.empty());
        trace.wants(session(1, Optional.empty()));
        List<String> news = new ArrayList<>();
        assertThat(trace.read(() -> news.add("news"))).isTrue();
        assertThat(trace.read(() -> {})).isFalse();
        trace.line(command(1, "NOOP"));
        trace.line(command(1, "PWD"));
        assertThat(news).hasSize(1);

        trace.drain(reader(1));
        assertThat(read).singleElement().asString().contains("NOOP");
        trace.drain(reader(2));
        assertThat(read).hasSize(2).last().asString().contains("PWD");

        trace.unread();
        assertThat(trace.read(() -> {})).isTrue();
    }

    @Test
    void countsWhatFindsNoPlace() {
        Trace trace = trace(Optional.empty(), Optional.empty(), Optional.empty());
        trace.wants(session(1, Optional.empty()));
        for (int i = 0; i < Trace.WAITING + 5; i++) {
            trace.line(command(1, "NOOP"));
        }

        trace.drain(reader(Trace.WAITING));
        assertThat(trace.dropped()).isEqualTo(5);
        trace.drain(reader(Trace.WAITING + 1));

        assertThat(read).hasSize(Trace.WAITING + 1).last().isEqualTo("missing 5");
    }
}
