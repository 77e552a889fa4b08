package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The certificates that the gateway shows to clients, and those that it wants to see. */
class TlsCertificatesIT {
    @RegisterExtension
    static final TlsWorld WORLD = new TlsWorld();

    static Stream<Arguments> enginesAndVersions() {
        return Stream.of(TlsEngine.values())
                .flatMap(engine -> Stream.of(TlsVersion.values()).map(version -> Arguments.of(engine, version)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("enginesAndVersions")
    void aClientHasToShowOneWhereThatIsSaid(TlsEngine engine, TlsVersion version) {
        TlsGateway gateway = WORLD.gateway(
                ServerKind.APACHE,
                Protection.CLEAR,
                "--tls-engine",
                engine.option(),
                "--tls",
                "required",
                "--tls-client-auth",
                "required",
                "--tls-client-ca",
                WORLD.material().authority().toString());
        ClientSecurity security = ClientSecurity.of(Protection.EXPLICIT, version, WORLD.material());

        RoundTrip.check(
                new Curl(security.as(WORLD.material().client())),
                gateway.target(Protection.EXPLICIT),
                DataSyntax.EPSV,
                gateway.server(),
                List.of(1000));
        assertThat(list(security, gateway)).doesNotContain("[exit 0]").doesNotContain("< 230");
        assertThat(list(security.as(WORLD.material().unknownIssuer("intruder")), gateway))
                .doesNotContain("[exit 0]")
                .doesNotContain("< 230");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aClientMayShowOneWhereThatIsSaid(TlsEngine engine) {
        TlsGateway gateway = WORLD.gateway(
                ServerKind.APACHE,
                Protection.CLEAR,
                "--tls-engine",
                engine.option(),
                "--tls-client-auth",
                "optional",
                "--tls-client-ca",
                WORLD.material().authority().toString());
        ClientSecurity security = ClientSecurity.of(Protection.EXPLICIT, TlsVersion.TLS_1_3, WORLD.material());

        assertThat(list(security, gateway)).contains("[exit 0]");
        assertThat(list(security.as(WORLD.material().client()), gateway)).contains("[exit 0]");
        assertThat(gateway.log().lines("CN=client")).isNotEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("enginesAndVersions")
    void oneIsMintedForTheNameThatTheClientAsksFor(TlsEngine engine, TlsVersion version) {
        TestServer server = WORLD.server(ServerKind.APACHE, Protection.CLEAR);
        try (TlsGateway gateway = TlsGateway.plain(
                server,
                "",
                List.of(
                        "--tls-engine",
                        engine.option(),
                        "--tls-ca-cert",
                        WORLD.material().authority().toString(),
                        "--tls-ca-key",
                        WORLD.material().authorityKey().toString()))) {
            Target target = gateway.target(Protection.EXPLICIT);

            assertThat(curl("files.example", target, version))
                    .contains("[exit 0]")
                    .contains("files.example");
            assertThat(curl("more.example", target, version)).contains("[exit 0]");
        }
    }

    private static String list(ClientSecurity security, TlsGateway gateway) {
        FtpClient client = new Curl(security);
        client.require();
        Path folder = Workspace.create("list");
        try {
            return client.run(
                    folder,
                    gateway.target(security.protection()),
                    DataSyntax.EPSV,
                    List.of(new Step.Names(folder.resolve("names"))));
        } finally {
            Workspace.delete(folder);
        }
    }

    private static String curl(String host, Target target, TlsVersion version) {
        Peers.require("curl");
        Path folder = Workspace.create("minted");
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--verbose",
                "--ssl-reqd",
                "--cacert",
                WORLD.material().authority().toString(),
                "--user",
                target.user() + ':' + target.password(),
                "--tlsv" + version.number(),
                "--tls-max",
                version.number(),
                "--resolve",
                host + ':' + target.port() + ':' + target.host(),
                "ftp://" + host + ':' + target.port() + "/pub/"));
        try {
            return Program.run(folder, command, "", FtpClient.TIMEOUT);
        } finally {
            Workspace.delete(folder);
        }
    }
}
