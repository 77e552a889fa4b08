package io.ftpalg.server.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.SessionSnapshot.Phase;
import io.ftpalg.live.TransferSnapshot;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.server.json.Json;
import io.ftpalg.server.json.JsonReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Covers SessionJson too. */
class SessionPagesTest {
    private static final TlsDetails TLS =
            new TlsDetails("TLSv1.3", "AES", Optional.of(true), Optional.of("ftp.example.com"), Optional.empty());

    private List<SessionSnapshot> all = List.of();

    @BeforeEach
    void makeSessions() throws Exception {
        all = List.of(
                session(1, Phase.CONNECTING, "", 0, Optional.empty()),
                session(2, Phase.READY, "joe", 5, Optional.empty()),
                session(3, Phase.TRANSFER, "zoe", 6, transfer(FtpVerb.RETR, "/pub/File.iso", 10, 1000, 0)),
                session(4, Phase.TRANSFER, "adam", 5, transfer(FtpVerb.STOR, "/in/a.txt", 5, 0, 4000)));
    }

    private static Optional<TransferSnapshot> transfer(
            FtpVerb verb, String path, int seconds, long toClient, long toServer) {
        return Optional.of(new TransferSnapshot(verb, path, Duration.ofSeconds(seconds), toClient, toServer));
    }

    private static SessionSnapshot session(
            int id, Phase phase, String user, int server, Optional<TransferSnapshot> transfer) throws Exception {
        Optional<InetSocketAddress> with =
                server == 0 ? Optional.empty() : Optional.of(ApiFixture.address(1, server, 21));
        return new SessionSnapshot(
                id,
                ApiFixture.address(0, id, 50_000),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 2121),
                phase,
                id == 2 ? Optional.of(new ProxyUser("ann", Set.of())) : Optional.empty(),
                Optional.of(user).filter(name -> !name.isEmpty()),
                with,
                id == 2 ? Optional.of(TLS) : Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(50 - 10L * id),
                Duration.ofSeconds(10L - id),
                10L * id,
                id,
                100L - id,
                id,
                transfer.map(TransferSnapshot::verb),
                transfer);
    }

    @ParameterizedTest
    @CsvSource({
        "id, 1 2 3 4",
        "-id, 4 3 2 1",
        "client, 1 2 3 4",
        "user, 1 4 2 3",
        "server, 1 2 4 3",
        "-state, 3 4 2 1",
        "ageSeconds, 4 3 2 1",
        "idleSeconds, 4 3 2 1",
        "-commands, 4 3 2 1",
        "transfers, 1 2 3 4",
        "bytesToClient, 4 3 2 1",
        "-bytesToServer, 4 3 2 1",
        "-bytesPerSecond, 4 3 1 2"
    })
    void sortsSessions(String sort, String ids) {
        assertThat(ids(SessionPages.sessions(all, ApiFixture.asking(Map.of("sort", sort))), "sessions", "id"))
                .isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource({
        "session, 3 4",
        "-client, 4 3",
        "user, 4 3",
        "path, 4 3",
        "seconds, 4 3",
        "-seconds, 3 4",
        "bytesToClient, 4 3",
        "-bytesToServer, 4 3",
        "bytesPerSecond, 3 4"
    })
    void sortsTransfers(String sort, String ids) {
        assertThat(ids(SessionPages.transfers(all, ApiFixture.asking(Map.of("sort", sort))), "transfers", "session"))
                .isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource({
        "q, FILE.iso, 3",
        "q, ann, 2",
        "q, 10.1.0.5, 4 2",
        "q, nothing, ''",
        "client, 10.0.0.2/31, 3 2",
        "user, joe, 2",
        "user, ann, 2",
        "user, an, ''",
        "server, 10.1.0.5:21, 4 2",
        "server, 10.1.0.5, 4 2",
        "server, 10.1.0.50, ''",
        "listener, 127.0.0.1:2121, 4 3 2 1",
        "listener, 127.0.0.1:2122, ''",
        "state, connecting, 1",
        "state, transfer, 4 3",
        "state, '', 4 3 2 1"
    })
    void filtersSessions(String name, String value, String ids) {
        assertThat(ids(SessionPages.sessions(all, ApiFixture.asking(Map.of(name, value))), "sessions", "id"))
                .isEqualTo(ids);
    }

    @Test
    void hasOnePage() {
        Json.Fields page =
                SessionPages.sessions(all, ApiFixture.asking(Map.of("sort", "id", "offset", "1", "limit", "2")));

        assertThat(ids(page, "sessions", "id")).isEqualTo("2 3");
        assertThat(page.toString()).contains("\"total\":4", "\"matching\":4", "\"offset\":1", "\"limit\":2");
    }

    @Test
    void countsWhatMatchesOfTheTransfers() {
        Json.Fields page = SessionPages.transfers(all, ApiFixture.asking(Map.of("q", "adam")));

        assertThat(page.toString())
                .contains("\"total\":2", "\"matching\":1", "\"upload\"", "\"/in/a.txt\"", "\"STOR\"");
    }

    @ParameterizedTest
    @CsvSource({
        "sort, path, cannot sort by path",
        "sort, -, cannot sort by -",
        "state, asleep, no such state: asleep",
        "client, x, not an address or a network: x",
        "limit, 201, limit is not a number from 1 to 200: 201",
        "offset, -1, offset is not a number"
    })
    void refusesWhatCannotBeAsked(String name, String value, String message) {
        assertThatThrownBy(() -> SessionPages.sessions(all, ApiFixture.asking(Map.of(name, value))))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining(message);
    }

    @Test
    void showsTheDetailsOfASession() {
        String idle = SessionJson.details(all.get(1), List.of()).toString();
        String busy = SessionJson.details(all.get(2), List.of(Json.object().put("path", "/before")))
                .toString();

        assertThat(idle)
                .contains("\"protocol\":\"TLSv1.3\"", "\"resumed\":true", "\"serverName\":\"ftp.example.com\"")
                .contains("\"gatewayUser\":\"ann\"", "\"finished\":[]")
                .doesNotContain("\"transfer\":");
        assertThat(busy).contains("\"transfer\":{", "\"bytesPerSecond\":100", "\"download\"", "\"/before\"");
    }

    private static String ids(Json.Fields page, String list, String id) {
        List<?> rows = (List<?>) JsonReader.object(page.toString()).getOrDefault(list, List.of());
        return rows.stream()
                .map(row -> String.valueOf(JsonReader.asObject(row).get(id)))
                .collect(Collectors.joining(" "));
    }
}
