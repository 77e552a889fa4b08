package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that cannot show who it is gets no name and no password. */
class ServerCertificateIT {
    @RegisterExtension
    static final TlsWorld WORLD = new TlsWorld();

    /** What is wrong. */
    enum Flaw {
        EXPIRED(TlsMaterial::expired),
        OTHER_HOST(TlsMaterial::otherHost),
        UNKNOWN_ISSUER(material -> material.unknownIssuer("stranger")),
        OTHER_KEY_THAN_PINNED(TlsMaterial::server);

        private final Function<TlsMaterial, TlsMaterial.Identity> identity;

        Flaw(Function<TlsMaterial, TlsMaterial.Identity> identity) {
            this.identity = identity;
        }

        OddServer server() {
            return OddServer.start(OddServer.Manners.good(WORLD.material(), identity.apply(WORLD.material())));
        }

        List<String> options() {
            return this == OTHER_KEY_THAN_PINNED
                    ? List.of("--upstream-pin", WORLD.material().gateway().pin())
                    : List.of();
        }
    }

    record Case(Flaw flaw, TlsEngine engine) {
        @Override
        public String toString() {
            return flaw + ", " + engine;
        }

        TlsGateway gateway(TestServer server) {
            List<String> options = new ArrayList<>(flaw.options());
            options.addAll(List.of("--tls-engine", engine.option()));
            return TlsGateway.start(server, Protection.EXPLICIT, WORLD.material(), options.toArray(String[]::new));
        }

        /** Returns a gateway that says AUTH to the server when the client does. */
        TlsGateway mirror(TestServer server) {
            List<String> options = new ArrayList<>(flaw.options());
            options.addAll(List.of("--tls-engine", engine.option(), "--upstream-tls", "mirror"));
            if (flaw != Flaw.OTHER_KEY_THAN_PINNED) {
                options.addAll(
                        List.of("--upstream-ca", WORLD.material().authority().toString()));
            }
            return TlsGateway.start(server, Protection.CLEAR, WORLD.material(), options.toArray(String[]::new));
        }
    }

    static Stream<Case> cases() {
        return Stream.of(Flaw.values())
                .flatMap(flaw -> Stream.of(TlsEngine.values()).map(engine -> new Case(flaw, engine)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void thatIsBadEndsTheSession(Case flawed) throws IOException {
        try (OddServer server = flawed.flaw().server();
                TlsGateway gateway = flawed.gateway(server);
                RawFtp ftp = RawFtp.connect(gateway.target(Protection.CLEAR).address())) {
            ftp.send("USER tester\r\nPASS secret");

            assertThat(ftp.readToEnd()).contains("421 ").doesNotContain("331 ", "230 ");
            gateway.awaitClosed();
            assertThat(server.received()).noneMatch(line -> line.contains("USER") || line.contains("PASS"));
            assertThat(gateway.log().lines("session closed cause=TLS_FAILED"))
                    .singleElement()
                    .asString()
                    .containsIgnoringCase("certificate");
            assertThat(gateway.log().lines("ERROR")).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void thatIsBadRefusesAuthWhereTheServerMirrorsTheClient(Case flawed) throws IOException {
        try (OddServer server = flawed.flaw().server();
                TlsGateway gateway = flawed.mirror(server);
                RawFtp ftp = RawFtp.connect(gateway.target(Protection.CLEAR).address())) {
            assertThat(ftp.read().code()).isEqualTo(220);
            ftp.send("AUTH TLS");

            assertThat(ftp.read().code()).isIn(534, 421);
            assertThat(server.received()).noneMatch(line -> line.contains("USER") || line.contains("PASS"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void thatIsPinnedNeedsNoIssuer(TlsEngine engine) throws IOException {
        TlsMaterial.Identity stranger = WORLD.material().unknownIssuer("pinned");
        try (OddServer server = OddServer.start(OddServer.Manners.good(WORLD.material(), stranger));
                TlsGateway gateway = TlsGateway.start(
                        server,
                        Protection.CLEAR,
                        WORLD.material(),
                        "--tls-engine",
                        engine.option(),
                        "--upstream-tls",
                        "required",
                        "--upstream-pin",
                        stranger.pin());
                RawFtp ftp = RawFtp.login(gateway.target(Protection.CLEAR))) {
            assertThat(ftp.ask("NOOP").code()).isEqualTo(200);
            assertThat(server.received()).contains("tls USER tester");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void ofAnotherNameIsTakenWhereThatNameIsExpected(TlsEngine engine) throws IOException {
        try (OddServer server = OddServer.start(OddServer.Manners.good(
                        WORLD.material(), WORLD.material().otherHost()));
                TlsGateway gateway = TlsGateway.start(
                        server,
                        Protection.EXPLICIT,
                        WORLD.material(),
                        "--tls-engine",
                        engine.option(),
                        "--upstream-tls-name",
                        "other.example");
                RawFtp ftp = RawFtp.login(gateway.target(Protection.CLEAR))) {
            assertThat(ftp.ask("NOOP").code()).isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void isNotLookedAtWhereThatIsSaid(TlsEngine engine) throws IOException {
        try (OddServer server = Flaw.EXPIRED.server();
                TlsGateway gateway = TlsGateway.start(
                        server,
                        Protection.CLEAR,
                        WORLD.material(),
                        "--tls-engine",
                        engine.option(),
                        "--upstream-tls",
                        "required",
                        "--upstream-insecure");
                RawFtp ftp = RawFtp.login(gateway.target(Protection.CLEAR))) {
            assertThat(ftp.ask("NOOP").code()).isEqualTo(200);
        }
    }

    @Test
    void ofAServerThatRefusesTlsIsNotWaitedFor() throws IOException {
        try (OddServer server = OddServer.start(OddServer.Manners.good(
                                WORLD.material(), WORLD.material().server())
                        .refusingAuth());
                TlsGateway gateway = TlsGateway.start(server, Protection.EXPLICIT, WORLD.material());
                RawFtp ftp = RawFtp.connect(gateway.target(Protection.CLEAR).address())) {
            ftp.send("USER tester\r\nPASS secret");

            assertThat(ftp.readToEnd()).contains("421 ");
            assertThat(server.received()).noneMatch(line -> line.contains("USER") || line.contains("PASS"));
        }
    }
}
