package io.ftpalg.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.replay.Step.Command;
import io.ftpalg.server.replay.Step.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each side does, by a trace. */
class ScriptTest {
    private static Reply reply(String... lines) {
        return new Reply(List.of(lines));
    }

    @Test
    void takesTheLinesOfItsSideInTheirOrder() {
        RecordedSession session = Recorded.session(
                "S< 220 Hi", "C< 220 Hi", "C> USER joe", "S> USER joe", "S< 331 Go on", "C< 331 Go on", "* tls");

        assertThat(Script.ofClient(session).steps())
                .containsExactly(reply("220 Hi"), new Command("USER joe", 331), reply("331 Go on"));
        assertThat(Script.ofServer(session).steps())
                .containsExactly(reply("220 Hi"), new Command("USER joe", 331), reply("331 Go on"));
    }

    @Test
    void aReplyOfManyLinesIsOne() {
        RecordedSession session =
                Recorded.session("C< 220-a", "C< 220b", "C> NOOP", "C<  220 c", "C< 220", "C< 200 OK");

        assertThat(Script.ofClient(session).steps())
                .containsExactly(reply("220-a", "220b", " 220 c", "220"), new Command("NOOP", 200), reply("200 OK"));
    }

    @Test
    void pipelinedCommandsStayInFrontOfTheirReplies() {
        RecordedSession session = Recorded.session("C< 220 a", "C> NOOP", "C> SYST", "C< 200 b", "C< 215 c");

        assertThat(Script.ofClient(session).steps())
                .containsExactly(
                        reply("220 a"),
                        new Command("NOOP", 200),
                        new Command("SYST", 215),
                        reply("200 b"),
                        reply("215 c"));
    }

    @Test
    void thePreliminaryReplyIsNotTheLast() {
        RecordedSession session = Recorded.session("C< 220 a", "C> RETR x", "C< 150 b", "C< 226 c");

        assertThat(Script.ofClient(session).steps().get(1)).isEqualTo(new Command("RETR x", 226));
    }

    @Test
    void leavesOutWhatIsForTls() {
        RecordedSession session = Recorded.session(
                "C< 220 a",
                "C> AUTH TLS",
                "C< 234 b",
                "* tls side=client version=TLSv1.3 cipher=x",
                "C> PBSZ 0",
                "C< 200 c",
                "C> PROT P",
                "C< 200 d",
                "C> NOOP",
                "C< 200 e");

        Script script = Script.ofClient(session);

        assertThat(script.steps()).containsExactly(reply("220 a"), new Command("NOOP", 200), reply("200 e"));
        assertThat(script.skipped()).containsExactly("AUTH TLS", "PBSZ 0", "PROT P");
    }

    @Test
    void keepsAnAuthThatWasRefused() {
        RecordedSession session = Recorded.session("C< 220 a", "C> AUTH TLS", "C< 502 b");

        assertThat(Script.ofClient(session).skipped()).isEmpty();
    }

    @Test
    void leavesOutALineThatIsNotInTheTrace() {
        RecordedSession session = Recorded.session("C< 220 a", "C> <too long>", "C< 500 b", "C> NOOP", "C< 200 c");

        assertThat(Script.ofClient(session).steps())
                .containsExactly(reply("220 a"), new Command("NOOP", 200), reply("200 c"));
    }

    @Test
    void aGreetingThatNoCommandWaitsForIsOfTheNextConnection() {
        RecordedSession session =
                Recorded.session("S< 220 a", "S> USER joe", "S< 331 b", "S< 220 c", "S> USER joe", "S< 331 d");

        assertThat(Script.ofServer(session).connections()).hasSize(2);
    }

    @Test
    void theConnectionBeforeAuthIsThatInTheClear() {
        RecordedSession session = Recorded.session(
                "S< 220 a", "* tls side=client version=TLSv1.3 cipher=x", "S< 220 b", "S> USER joe", "S< 331 c");

        assertThat(Script.ofServer(session).connections())
                .containsExactly(List.of(reply("220 b"), new Command("USER joe", 331), reply("331 c")));
    }
}
