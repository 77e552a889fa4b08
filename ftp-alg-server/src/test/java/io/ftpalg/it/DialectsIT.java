package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every login dialect, spoken by the real clients that know it: what they say, and that their files get through. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DialectsIT {
    /** Most dialects of ncftp cannot name another port than that. */
    private static final InetSocketAddress PURE_AT =
            new InetSocketAddress(IpLiteral.parse("127.0.0.21").orElseThrow(), 21);

    private static final String FORWARD = "forward: {allow: '127.0.0.0/8:21,1024-65535'}, limits: {MANY}";

    private Optional<LoginNetwork> started = Optional.empty();

    /**
     * A setting of a client.
     *
     * @param listener of those below
     * @param client makes the client, of where it connects
     * @param words what it says first
     */
    private record Setting(
            String name, String listener, Function<InetSocketAddress, FtpClient> client, List<String> words) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void start() {
        started = Optional.of(LoginNetwork.start(
                PURE_AT,
                new LoginNetwork.Listener("open", FORWARD),
                new LoginNetwork.Listener("users", FORWARD + ", login: {" + LoginNetwork.USERS + "}")));
    }

    @AfterAll
    void stop() {
        started.ifPresent(LoginNetwork::close);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"lftp", "ncftp", "tnftp", "curl"})
    void listsAndMovesFiles(Setting setting) throws IOException {
        LoginNetwork network = started.orElseThrow();
        String name = UUID.randomUUID().toString();
        Path folder = Workspace.create("dialect");
        Path up = Payload.file(folder.resolve("up"), 300_000);
        Path down = folder.resolve("down");
        Path names = folder.resolve("names");
        try (RecordingProxy proxy = RecordingProxy.on(network.at(setting.listener()))) {
            FtpClient client = setting.client().apply(proxy.address());
            client.require();

            String printed = client.run(
                    folder,
                    Target.of(network.pure()),
                    DataSyntax.EPSV,
                    List.of(new Step.Put(up, name), new Step.Get(name, down), new Step.Names(names)));

            assertThat(Payload.sha256(network.pure().files().resolve(name)))
                    .as(printed)
                    .isEqualTo(Payload.sha256(up));
            assertThat(Payload.sha256(down)).as(printed).isEqualTo(Payload.sha256(up));
            assertThat(names).as(printed).exists();
            assertThat(Files.readString(names)).as(printed).contains(name, LoginNetwork.AT_PURE);
            assertThat(proxy.said()).isNotEmpty().allSatisfy(said -> assertThat(said)
                    .startsWith(setting.words().toArray(String[]::new)));
        } finally {
            Workspace.delete(folder);
        }
        assertWentThrough(network, name);
    }

    /** The client has not met the server behind the gateway's back; the log is as talkative as it can be. */
    private static void assertWentThrough(LoginNetwork network, String name) {
        await(name)
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(network.jar().log(name))
                        .anyMatch(line -> line.contains(" DEBUG "))
                        .filteredOn(line -> line.contains(" transfer finished "))
                        .hasSize(2)
                        .allMatch(line -> line.contains(" end=COMPLETE ") && line.contains(" server=127.0.0.21:21 ")));
    }

    static Stream<Setting> lftp() {
        return Stream.of(
                lftp("user", List.of("USER fw", "PASS fwpass", "USER tester@127.0.0.21:21", "PASS secret")),
                lftp("joined", List.of("USER tester@fw@127.0.0.21:21", "PASS secret@fwpass")),
                lftp("joined-acct", List.of("USER tester@127.0.0.21:21 fw", "PASS secret", "ACCT fwpass")),
                lftp("open", withServerLogin("USER fw", "PASS fwpass", "OPEN 127.0.0.21:21")),
                lftp("proxy-user@host", withServerLogin("USER fw@127.0.0.21:21", "PASS fwpass")),
                new Setting(
                        "lftp without a user",
                        "open",
                        at -> Lftp.through(at, "", "user"),
                        List.of("USER tester@127.0.0.21:21", "PASS secret")),
                new Setting(
                        "lftp, user of argon2",
                        "users",
                        at -> Lftp.through(at, "argon:secret@", "joined"),
                        List.of("USER tester@argon@127.0.0.21:21", "PASS secret@secret")));
    }

    private static Setting lftp(String type, List<String> words) {
        return new Setting("lftp " + type, "users", at -> Lftp.through(at, "fw:fwpass@", type), words);
    }

    static Stream<Setting> ncftp() {
        List<List<String>> words = List.of(
                List.of("USER tester@127.0.0.21", "PASS secret"),
                List.of("USER fw", "PASS fwpass", "USER tester@127.0.0.21", "PASS secret"),
                withServerLogin("USER fw", "PASS fwpass", "SITE 127.0.0.21"),
                withServerLogin("USER fw", "PASS fwpass", "OPEN 127.0.0.21"),
                List.of("USER tester@fw@127.0.0.21", "PASS secret@fwpass"),
                withServerLogin("USER fw@127.0.0.21", "PASS fwpass"),
                List.of("USER tester@127.0.0.21 fw", "PASS secret", "ACCT fwpass"),
                List.of("USER tester@127.0.0.21:21", "PASS secret"),
                List.of("USER tester@127.0.0.21 21", "PASS secret"));
        return IntStream.rangeClosed(1, 9)
                .mapToObj(type -> new Setting(
                        "ncftp type " + type,
                        words.get(type - 1).get(0).contains("fw") ? "users" : "open",
                        at -> Ncftp.through(at, type, "fw", "fwpass"),
                        words.get(type - 1)));
    }

    static Stream<Setting> tnftp() {
        return Stream.of(
                new Setting(
                        "tnftp gate",
                        "open",
                        at -> new TnftpGate(at, ""),
                        List.of("USER tester@127.0.0.21:21", "PASS secret")),
                new Setting(
                        "tnftp gate, user of the gateway",
                        "users",
                        at -> new TnftpGate(at, "fw fwpass"),
                        List.of("USER fw@127.0.0.21:21", "PASS fwpass")));
    }

    static Stream<Setting> curl() {
        return Stream.of(
                curl(
                        "open",
                        "",
                        List.of("--user", "tester@127.0.0.21:secret"),
                        "USER tester@127.0.0.21",
                        "PASS secret"),
                curl("open", "tester%40127.0.0.21%3A21:secret@", List.of(), "USER tester@127.0.0.21:21", "PASS secret"),
                curl(
                        "users",
                        "",
                        List.of("--user", "tester@127.0.0.21 fw:secret", "--ftp-account", "fwpass"),
                        "USER tester@127.0.0.21 fw",
                        "PASS secret",
                        "ACCT fwpass"),
                curl(
                        "users",
                        "tester%40127.0.0.21%3A21%20fw:secret@",
                        List.of("--ftp-account", "fwpass"),
                        "USER tester@127.0.0.21:21 fw",
                        "PASS secret",
                        "ACCT fwpass"),
                curl(
                        "users",
                        "tester%40fw%40127.0.0.21%3A21:secret%40fwpass@",
                        List.of(),
                        "USER tester@fw@127.0.0.21:21",
                        "PASS secret@fwpass"));
    }

    private static Setting curl(String listener, String userinfo, List<String> options, String... words) {
        return new Setting(
                "curl " + userinfo + String.join(" ", options),
                listener,
                at -> new CurlLogin(at, userinfo, options),
                List.of(words));
    }

    private static List<String> withServerLogin(String... words) {
        return Stream.concat(Stream.of(words), Stream.of("USER tester", "PASS secret"))
                .toList();
    }
}
