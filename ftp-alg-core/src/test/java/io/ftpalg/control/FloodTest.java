package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.control.net.Transport;
import io.ftpalg.control.net.TransportTest;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.TargetRules;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * P18 and D25 for every verb, in every state that takes commands, on every transport, in the clear and under TLS: a client
 * that sends for ever and reads nothing makes the gateway hold so much and no more.
 */
@Timeout(180)
class FloodTest {
    private static final int MARK = 64 << 10;
    /** One reply of the gateway's own above the mark. */
    private static final int ONE_REPLY = 2 << 10;
    /** More than the gateway takes of any verb: the replies to half of it would be beyond the mark. */
    private static final int FLOOD = 192 << 10;

    enum Phase {
        NO_SERVER,
        LOGIN,
        READY
    }

    /** All of them on one transport; whether TLS or another transport is in between makes no other verb one that answers. */
    static List<Arguments> floods() {
        List<Arguments> all = new ArrayList<>();
        for (Transport transport : TransportTest.available()) {
            for (Phase phase : Phase.values()) {
                all.add(Arguments.of(transport, phase, false));
                all.add(Arguments.of(transport, phase, true));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("floods")
    void holdsLittleForAClientThatReadsNothing(Transport transport, Phase phase, boolean tls) throws IOException {
        Limits limits = Limits.builder()
                .newSessionsPerSecond(10_000)
                .sessionsPerAddress(10_000)
                .closeGrace(Duration.ofMillis(1))
                .build();
        boolean everyVerb = transport == Transport.NIO && !tls;
        try (TestNetwork network = new TestNetwork(
                transport,
                limits,
                PassivePorts.ephemeral(),
                server -> router(server, phase),
                tls ? ClientTls.OPTIONAL : ClientTls.NONE,
                TlsKind.jdk()::gateway)) {
            for (String line : everyVerb ? allVerbs() : answeredVerbs()) {
                flood(network, phase, tls, line);
            }
        }
    }

    private static Router router(ServerSocket server, Phase phase) {
        return phase == Phase.NO_SERVER
                ? Routers.forward(TargetRules.of(List.of()), ServerDataMode.CLIENT, Optional.empty())
                : Routers.fixed(
                        new HostPort("127.0.0.1", server.getLocalPort()), ServerDataMode.CLIENT, Optional.empty());
    }

    private static List<String> allVerbs() {
        return Stream.of(FtpVerb.values())
                .filter(verb -> verb != FtpVerb.QUIT)
                .flatMap(verb -> Stream.of(verb.name(), verb.name() + (verb == FtpVerb.EPSV ? " ALL" : " x")))
                .toList();
    }

    /** Those to which the gateway sends replies that are no errors, which are paced. */
    private static List<String> answeredVerbs() {
        return List.of("NOOP", "REIN", "HELP", "FEAT", "SYST", "OPTS x", "USER x", "EPSV ALL", "ADAT x");
    }

    private static void flood(TestNetwork network, Phase phase, boolean tls, String line) throws IOException {
        Peer clear = network.client();
        Optional<Peer> server = phase == Phase.NO_SERVER ? Optional.empty() : Optional.of(network.server());
        try {
            if (server.isPresent()) {
                server.get().say("220 ready");
            }
            assertThat(clear.receive()).startsWith("220 ");
            Peer client = tls ? secure(clear) : clear;
            if (phase == Phase.READY) {
                try (Talk talk = new Talk(client, server.orElseThrow())) {
                    talk.exchange("USER u", "230 in");
                    flood(network, clear, client, phase + " " + line, line);
                }
            } else {
                flood(network, clear, client, phase + " " + line, line);
            }
        } finally {
            clear.close();
            if (server.isPresent()) {
                server.get().close();
            }
        }
    }

    private static Peer secure(Peer clear) throws IOException {
        clear.say("AUTH TLS");
        assertThat(clear.receive()).startsWith("234 ");
        return TlsKind.client(clear);
    }

    private static void flood(TestNetwork network, Peer clear, Peer client, String name, String line)
            throws IOException {
        Flood.holdReplies(network);
        try (Flood flood = new Flood(network, client, line, FLOOD)) {
            flood.awaitHalt();

            assertThat(flood.waiting()).as(name).isLessThanOrEqualTo(MARK + ONE_REPLY);
            // TLS would wait for the line that is being written.
            clear.reset();
        }
    }
}
