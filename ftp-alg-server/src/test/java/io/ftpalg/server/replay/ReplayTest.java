package io.ftpalg.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.FtpAlg;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.server.TestSettings;
import io.ftpalg.server.runtime.GatewayMaker;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.trace.Trace;
import io.ftpalg.server.trace.TraceWanted;
import io.ftpalg.server.trace.Traces;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session of a trace, once more. */
@Timeout(60)
class ReplayTest {
    @TempDir
    private Path temp = Path.of(".");

    private final StringWriter printed = new StringWriter();

    private Replay.Outcome replay(RecordedSession session) throws Exception {
        return replay(session, TestSettings.program("--listen", "127.0.0.1:1", "--upstream", "127.0.0.1:2"));
    }

    private Replay.Outcome replay(RecordedSession session, ProgramSettings program) throws Exception {
        return new Replay(program, program.listeners().get(0), Duration.ofSeconds(2), new PrintWriter(printed, true))
                .run(session);
    }

    /** A client's session with a real server, through a gateway that is traced. */
    private List<String> traceOfARealSession() throws Exception {
        ListenerFactory listening = new ListenerFactory();
        listening.setServerAddress("127.0.0.1");
        listening.setPort(0);
        Listener listener = listening.createListener();
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener);
        BaseUser joe = new BaseUser();
        joe.setName("joe");
        joe.setPassword("secret");
        joe.setHomeDirectory(Files.createDirectory(temp.resolve("home")).toString());
        joe.setAuthorities(List.of(new WritePermission()));
        factory.getUserManager().save(joe);
        FtpServer server = factory.createServer();
        server.start();
        Traces traces = new Traces();
        ProgramSettings program =
                TestSettings.program("--listen", "127.0.0.1:0", "--upstream", "127.0.0.1:" + listener.getPort());
        FtpAlg gateway = GatewayMaker.make(program, program.listeners().get(0), List.of(traces), Optional.empty())
                .gateway();
        try {
            InetSocketAddress address =
                    gateway.start().toCompletableFuture().get().boundAddresses().get(0);
            Trace trace = traces.begin(
                            new TraceWanted(
                                    Cidr.parse("127.0.0.0/8"), Optional.empty(), Optional.of(1), Duration.ofMinutes(1)),
                            "test")
                    .orElseThrow();
            gateway.live().trace(trace).toCompletableFuture().get();
            transferFiles(address);
            gateway.stop(Duration.ofSeconds(5)).toCompletableFuture().get();
            return lines(trace);
        } finally {
            gateway.close();
            server.stop();
        }
    }

    private static void transferFiles(InetSocketAddress gateway) throws Exception {
        FTPClient client = new FTPClient();
        client.connect(gateway.getAddress(), gateway.getPort());
        client.login("joe", "secret");
        client.enterLocalPassiveMode();
        client.storeFile("a.txt", new ByteArrayInputStream("hello".getBytes(StandardCharsets.US_ASCII)));
        client.enterLocalActiveMode();
        client.retrieveFile("a.txt", new ByteArrayOutputStream());
        client.retrieveFile("missing.txt", new ByteArrayOutputStream());
        client.listNames();
        client.sendCommand("PORT", "192,0,2,7,200,1");
        client.logout();
        client.disconnect();
    }

    private static List<String> lines(Trace trace) {
        List<String> lines = new ArrayList<>();
        trace.drain(new Trace.Reader() {
            @Override
            public boolean line(String json) {
                return lines.add(json);
            }

            @Override
            public boolean missing(long count) {
                return true;
            }

            @Override
            public void over(String reason) {}
        });
        return lines;
    }

    private RecordedSession recorded(List<String> lines) throws Exception {
        return TraceFile.read(Files.write(temp.resolve("trace"), lines)).get(0);
    }

    @Test
    void aRealSessionIsTheSameAgain() throws Exception {
        RecordedSession session = recorded(traceOfARealSession());

        assertThat(replay(session)).as(printed::toString).isEqualTo(Replay.Outcome.SAME);
        assertThat(printed.toString().lines())
                .anyMatch(line -> line.matches("= \\[\\d+] C>   STOR a.txt"))
                .anyMatch(line -> line.matches("= \\[\\d+]   >S RETR a.txt"))
                .anyMatch(line -> line.matches("session \\d+: (\\d+) of \\1 replies as recorded"))
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void aReplyThatTheGatewayDidNotSendDiffers() throws Exception {
        List<String> lines = traceOfARealSession().stream()
                .map(line -> line.contains("to-client\"") ? line.replace("\"230 ", "\"231 ") : line)
                .toList();

        assertThat(replay(recorded(lines))).isEqualTo(Replay.Outcome.DIFFERS);
        assertThat(printed.toString().lines())
                .anyMatch(line -> line.matches("- \\[\\d+] C<   231 .*"))
                .anyMatch(line -> line.matches("\\+ \\[\\d+] C<   230 .*"))
                .anyMatch(line -> line.matches("session .*: \\d+ of \\d+ replies as recorded, 1 difference"));
    }

    @Test
    void aCommandThatTheGatewayDidNotSendDiffers() throws Exception {
        RecordedSession session = Recorded.session(
                "S< 220 a", "C< 220 a", "C> NOOP", "S> NOOP other", "S< 200 b", "C< 200 b", "C> QUIT", "S> QUIT");

        assertThat(replay(session)).isEqualTo(Replay.Outcome.DIFFERS);
        assertThat(printed.toString()).contains("- [17]   >S NOOP other\n+ [17]   >S NOOP\n");
    }

    @Test
    void aReplyThatDoesNotArriveDiffers() throws Exception {
        RecordedSession session = Recorded.session("S< 220 a", "C< 220 a", "C> SYST", "S> SYST", "C< 215 b");

        assertThat(replay(session)).isEqualTo(Replay.Outcome.DIFFERS);
        assertThat(printed.toString()).contains("! [17]    * no reply within 2 s\n", "- [17] C<   215 b\n");
    }

    @Test
    void aSessionWithoutItsBeginIsNotReplayed() throws Exception {
        RecordedSession session = Recorded.session("C> RETR a", "S> RETR a");

        assertThat(replay(session)).isEqualTo(Replay.Outcome.INCOMPLETE);
        assertThat(printed)
                .hasToString("session 17: cannot be replayed: the trace has not its greeting, it begins in mid-session "
                        + "at line 1 with from-client RETR a (start the trace before the session)\n");
    }

    @Test
    void aSessionUnderTlsIsReplayedInTheClear() throws Exception {
        RecordedSession session = Recorded.session(
                "S< 220 a",
                "C< 220 a",
                "C> AUTH TLS",
                "C< 234 b",
                "* tls side=client version=TLSv1.3 cipher=x",
                "C> NOOP",
                "S> NOOP",
                "S< 200 c",
                "C< 200 c");

        assertThat(replay(session)).as(printed::toString).isEqualTo(Replay.Outcome.SAME);
        assertThat(printed.toString()).contains("session 17: left out: AUTH TLS (replayed in the clear)\n");
    }

    @Test
    void aServerThatTheLoginNamedIsTheScriptedOne() throws Exception {
        ProgramSettings forward =
                TestSettings.program("--listen", "127.0.0.1:1", "--forward", "--allow-target", "ftp.example.com:21");
        RecordedSession session = Recorded.session(
                "C< 220 FTP proxy ready",
                "C> USER joe@ftp.example.com",
                "S< 220 a",
                "S> USER joe",
                "S< 331 b",
                "C< 331 b",
                "* session closed cause=CLIENT_LOST");

        replay(session, forward);

        assertThat(printed.toString()).contains("= [17]   >S USER joe\n", "= [17] C<   331 b\n");
    }

    @Test
    void aSessionThatTheServerEndedEndsAgain() throws Exception {
        RecordedSession session = Recorded.session(
                "S< 220 a",
                "C< 220 a",
                "C> NOOP",
                "S> NOOP",
                "S< 421 Closing",
                "C< 421 Closing",
                "* session closed cause=SERVER_REFUSED");

        assertThat(replay(session)).as(printed::toString).isEqualTo(Replay.Outcome.SAME);
    }
}
