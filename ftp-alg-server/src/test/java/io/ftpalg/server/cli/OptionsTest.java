package io.ftpalg.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.KernelPath;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.PassiveAddress;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.TransparentMode;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.TelnetMode;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.server.TestSettings;
import io.ftpalg.server.policy.RuleSettings;
import io.ftpalg.server.settings.AccessSettings;
import io.ftpalg.server.settings.BandwidthSettings;
import io.ftpalg.server.settings.BindSettings;
import io.ftpalg.server.settings.ClientTlsSettings;
import io.ftpalg.server.settings.DataSettings;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.LogFormat;
import io.ftpalg.server.settings.LoginSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.settings.Rate;
import io.ftpalg.server.settings.ReloadMode;
import io.ftpalg.server.settings.RouteChoice;
import io.ftpalg.server.settings.RoutingSettings;
import io.ftpalg.server.settings.ServerTlsSettings;
import io.ftpalg.server.settings.TextSettings;
import io.ftpalg.server.settings.TransparentSettings;
import io.ftpalg.server.settings.limits.ConcurrencySettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each option comes to: GatewayOptions, OptionGiven, the readers of a listener, and Meanings. */
class OptionsTest {

    @Test
    void defaultsSuitAGatewayOnAnyAddress() {
        ProgramSettings settings = TestSettings.program("--upstream", "ftp.example.com");

        assertThat(settings)
                .isEqualTo(new ProgramSettings(
                        List.of(new ListenerSettings(
                                new BindSettings(List.of(new InetSocketAddress("0.0.0.0", 2121)), List.of()),
                                new RoutingSettings(
                                        List.of(),
                                        RouteChoice.Reverse.to(new HostPort("ftp.example.com", 21)),
                                        ServerDataMode.CLIENT,
                                        Optional.empty()),
                                new DataSettings(
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(),
                                        Optional.empty(),
                                        DataConnect.EARLY,
                                        PasvAddress.IGNORE,
                                        DataPeers.SAME,
                                        SocketSettings.DEFAULT,
                                        BandwidthSettings.NONE),
                                ClientTlsSettings.NONE,
                                ServerTlsSettings.NONE,
                                LoginSettings.DEFAULT,
                                AccessSettings.OPEN,
                                TextSettings.DEFAULT,
                                TelnetMode.AUTO,
                                Limits.defaults(),
                                Optional.empty(),
                                ListenerProtocol.FTP,
                                Optional.empty(),
                                RuleSettings.NONE,
                                Optional.empty())),
                        TransportType.AUTO,
                        RelayType.AUTO,
                        KernelPath.DEFAULT,
                        Duration.ofSeconds(30),
                        Duration.ZERO,
                        List.of(),
                        Rate.NONE,
                        Optional.empty(),
                        ConcurrencySettings.NONE,
                        false,
                        LogFormat.TEXT,
                        ReloadMode.SIGNAL,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"auto, AUTO", "splice, SPLICE", "buffer, BUFFER", "kernel, KERNEL"})
    void takesEachRelay(String text, RelayType relay) {
        String ports = " --passive-ports 41000-41999 --source-ports 42000-42999";
        assertThat(TestSettings.program(("--upstream a --relay " + text + ports).split(" "))
                        .relay())
                .isEqualTo(relay);
    }

    @Test
    void limitsWhatOneAddressMayOpen() {
        Limits limits = parse(
                        "--upstream",
                        "a",
                        "--max-per-address",
                        "7",
                        "--max-new-per-address",
                        "8",
                        "--failed-logins-per-address",
                        "1000",
                        "--passive-share",
                        "80")
                .limits();

        assertThat(limits.sessionsPerAddress()).isEqualTo(7);
        assertThat(limits.newSessionsPerSecond()).isEqualTo(8);
        assertThat(limits.failedLoginsPerAddress()).isEqualTo(1000);
        assertThat(limits.passiveShare()).isEqualTo(80);
    }

    @Test
    void listensWhereverItIsTold() {
        assertThat(parse("--upstream", "a", "--listen", "127.0.0.1:0", "--listen", "[::1]:2121")
                        .bind()
                        .plain())
                .containsExactly(new InetSocketAddress("127.0.0.1", 0), new InetSocketAddress("::1", 2121));
    }

    @ParameterizedTest
    @CsvSource({
        "ftp.example.com:2100,ftp.example.com,2100",
        "192.0.2.1,192.0.2.1,21",
        "[2001:db8::1]:990,2001:db8::1,990",
        "[::1],::1,21"
    })
    void takesTheUpstreamWithOrWithoutPort(String text, String host, int port) {
        assertThat(parse("--upstream", text).routing().otherwise())
                .isEqualTo(RouteChoice.Reverse.to(new HostPort(host, port)));
    }

    @Test
    void takesTargetsOfAForwardGateway() {
        assertThat(parse("--forward", "--allow-target", "*.example.com:21", "--allow-target", "192.0.2.0/24")
                        .routing()
                        .otherwise())
                .isEqualTo(new RouteChoice.Forward(Stream.of("*.example.com:21", "192.0.2.0/24")
                        .map(text -> TargetRule.parse(text).orElseThrow())
                        .toList()));
    }

    @Test
    void takesTransparentModeWithAnyPublicServer() {
        ListenerSettings settings = parse("--transparent", "tproxy", "--spoof-client");

        assertThat(settings.transparent()).contains(new TransparentSettings(TransparentMode.TPROXY, true));
        assertThat(settings.routing().otherwise()).hasToString("original destination (2 target rules)");
        assertThat(settings.routing().otherwise())
                .isEqualTo(new RouteChoice.OriginalDestination(TargetRule.anyPublic(List.of(new PortRange(21, 21)))));
    }

    @Test
    void takesTheServersThatClientsMayConnectTo() {
        ListenerSettings settings =
                parse("--transparent", "redirect", "--passive-ports", "41000-41999", "--allow-target", "10.0.0.0/8:21");

        assertThat(settings.transparent()).contains(new TransparentSettings(TransparentMode.REDIRECT, false));
        assertThat(settings.routing().otherwise())
                .isEqualTo(new RouteChoice.OriginalDestination(
                        List.of(TargetRule.parse("10.0.0.0/8:21").orElseThrow())));
    }

    @ParameterizedTest
    @CsvSource({"client,CLIENT", "passive,PASSIVE", "active,ACTIVE", "port,PORT", "eprt,EPRT", "pasv,PASV", "EPSV,EPSV"
    })
    void takesEachServerMode(String text, ServerDataMode mode) {
        assertThat(parse("--upstream", "a", "--server-mode", text).routing().serverMode())
                .isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource({"auto,AUTO", "epoll,EPOLL", "io_uring,IO_URING", "kqueue,KQUEUE", "nio,NIO"})
    void takesEachTransport(String text, TransportType type) {
        assertThat(TestSettings.program("--upstream", "a", "--transport", text).transport())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"300,300", "90s,90", "5m,300", "1h,3600"})
    void takesTimesWithAndWithoutUnit(String text, long seconds) {
        assertThat(parse("--upstream", "a", "--idle-timeout", text).limits().idleTimeout())
                .isEqualTo(Duration.ofSeconds(seconds));
        assertThat(TestSettings.program("--upstream", "a", "--drain-timeout", text)
                        .drain())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void takesThePassivePortsAndTheirAddress() {
        ListenerSettings settings =
                parse("--upstream", "a", "--passive-ports", "50000-50999", "--passive-address", "203.0.113.7");

        assertThat(settings.data().passivePorts()).contains(new PortRange(50000, 50999));
        assertThat(settings.data().passiveAddresses()).containsExactly(PassiveAddress.of("203.0.113.7"));
    }

    @Test
    void takesTheActiveSourcePortAndTheSourceAddress() {
        ListenerSettings settings = parse("--upstream", "a", "--active-source-port", "20", "--source-address", "::1");

        assertThat(settings.data().activeSourcePort()).contains(20);
        assertThat(settings.routing().sourceAddress()).contains(new InetSocketAddress("::1", 0).getAddress());
    }

    @Test
    void takesTheNumberOfSessions() {
        assertThat(parse("--upstream", "a", "--max-sessions", "3").limits().sessions())
                .isEqualTo(3);
    }

    @Test
    void takesLateDataConnectionsAndTelnetOff() {
        ListenerSettings settings = parse("--upstream", "a", "--data-connect", "late", "--telnet", "off");

        assertThat(settings.data().connect()).isEqualTo(DataConnect.LATE);
        assertThat(settings.telnet()).isEqualTo(TelnetMode.OFF);
        assertThat(parse("--upstream", "a").telnet()).isEqualTo(TelnetMode.AUTO);
        assertThat(parse("--upstream", "a", "--telnet", "on").telnet()).isEqualTo(TelnetMode.ON);
    }

    @Test
    void takesTheHostsThatA227MayName() {
        assertThat(parse("--upstream", "a", "--pasv-address", "ignore").data().pasvAddress())
                .isEqualTo(PasvAddress.IGNORE);
        assertThat(parse("--upstream", "a", "--pasv-address", "match").data().pasvAddress())
                .isEqualTo(PasvAddress.MATCH);
        assertThat(parse("--upstream", "a", "--pasv-address", "10.0.0.0/8", "--pasv-address", "192.0.2.7")
                        .data()
                        .pasvAddress())
                .isEqualTo(PasvAddress.parse(List.of("10.0.0.0/8", "192.0.2.7")).orElseThrow());
    }

    @Test
    void takesTheOtherEndsOfDataConnections() {
        assertThat(parse("--upstream", "a", "--data-peers", "same").data().peers())
                .isEqualTo(DataPeers.SAME);
        assertThat(parse("--upstream", "a", "--data-peers", "network/24").data().peers())
                .isEqualTo(DataPeers.NETWORK);
        assertThat(parse("--upstream", "a", "--data-peers", "10.0.0.0/8", "--data-peers", "192.0.2.7")
                        .data()
                        .peers())
                .isEqualTo(DataPeers.parse(List.of("10.0.0.0/8", "192.0.2.7")).orElseThrow());
    }

    private static ListenerSettings parse(String... args) {
        return TestSettings.listener(args);
    }
}
