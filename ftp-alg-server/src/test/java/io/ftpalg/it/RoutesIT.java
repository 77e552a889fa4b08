package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The jar chooses among real servers by what clients say and where they come from. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesIT {
    private static final String LIMITS = "limits: {sessions-per-address: 1000, new-sessions-per-second: 100000}";
    private static final String ROUTES = """
            listeners:
              - bind: "127.0.0.1:0"
                routes:
                  - {hosts: ["files.example", "*.files.example"], upstream: <host>}
                  - {clients: 127.0.0.9/32, upstream: <network>}
                  - {users: "tester@*", upstream: <user>}
                  - {users: [guest, "guest-??"], upstream: <user>, send-user: tester}
                upstream: <rest>
                %1$s
              - bind: "127.0.0.1:0"
                routes: [{hosts: sni.example, upstream: <host>}, {hosts: other.example, upstream: <user>}]
                upstream: <rest>
                tls: {self-signed: true}
                %1$s
              - bind: "127.0.0.1:0"
                routes: [{users: tester, clients: 127.0.0.1/32, upstream: <user>}]
                %1$s
              - bind: "127.0.0.1:0"
                routes: [{users: [tester, "*@mail.example"], upstream: <user>}, {forward: {allow: <host>}}]
                %2$s
            """.formatted(LIMITS, LIMITS.replace("}", ", target-timeout: 3s}"));

    private Optional<Fleet> started = Optional.empty();
    private List<InetSocketAddress> gateways = List.of();

    @BeforeAll
    void start() throws IOException {
        Fleet fleet = Fleet.of("host", "network", "user", "rest");
        started = Optional.of(fleet);
        gateways = fleet.front(ROUTES).addresses();
    }

    @AfterAll
    void stop() {
        started.ifPresent(Fleet::close);
    }

    private RawFtp connect(InetAddress from) throws IOException {
        RawFtp client = RawFtp.connect(gateways.get(0), from);
        assertThat(client.read().code()).isEqualTo(220);
        return client;
    }

    private String logIn(RawFtp client, String user) throws IOException {
        Fleet.logIn(client, user);
        return started.orElseThrow().serverOf(client);
    }

    @Test
    void goesByTheUser() throws IOException {
        try (RawFtp mail = connect(Loopback.CLIENT);
                RawFtp other = connect(Loopback.CLIENT)) {
            assertThat(logIn(mail, PureFtpd.MAIL_USER)).isEqualTo("user");
            assertThat(logIn(other, "tester")).isEqualTo("rest");
        }
    }

    @Test
    void sendsTheUserOfTheRoute() throws IOException {
        try (RawFtp guest = connect(Loopback.CLIENT);
                RawFtp numbered = connect(Loopback.CLIENT);
                RawFtp stranger = connect(Loopback.CLIENT)) {
            assertThat(logIn(guest, "guest")).isEqualTo("user");
            assertThat(logIn(numbered, "guest-07")).isEqualTo("user");
            assertThat(stranger.ask("USER guest-7").code()).isEqualTo(331);
            assertThat(stranger.ask("PASS secret").code())
                    .as("no such user at the server")
                    .isEqualTo(530);
        }
    }

    @Test
    void goesByTheHostThatTheClientNames() throws IOException {
        try (RawFtp exact = connect(Loopback.CLIENT);
                RawFtp below = connect(Loopback.STRANGER)) {
            assertThat(exact.ask("HOST FILES.example").code()).isEqualTo(220);
            assertThat(logIn(exact, "tester")).isEqualTo("host");
            assertThat(below.ask("HOST my.files.example").code()).isEqualTo(220);
            assertThat(logIn(below, "tester"))
                    .as("the first route that matches")
                    .isEqualTo("host");
        }
    }

    /** RFC 7151 section 3.3: HOST may say the same again, and nothing else. */
    @Test
    void goesByTheNameOfTheTlsHandshake() throws Exception {
        try (RawFtp named = RawFtp.connect(gateways.get(1));
                RawFtp other = RawFtp.connect(gateways.get(1))) {
            for (RawFtp client : List.of(named, other)) {
                assertThat(client.read().code()).isEqualTo(220);
                assertThat(client.ask("AUTH TLS").code()).isEqualTo(234);
            }
            named.startTls(anybody("sni.example"));
            other.startTls(anybody("unknown.example"));

            assertThat(named.ask("HOST other.example").code()).isEqualTo(504);
            assertThat(named.ask("HOST sni.example").code()).isEqualTo(220);
            assertThat(logIn(named, "tester")).isEqualTo("host");
            assertThat(logIn(other, "tester")).isEqualTo("rest");
        }
    }

    /** A context for each name: a session that the JDK resumes asks for the name that it began with. */
    private static RawTls anybody(String name) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return new RawTls(context, TlsVersion.TLS_1_3).askFor(name);
    }

    @Test
    void knowsNoOtherHost() throws IOException {
        try (RawFtp client = connect(Loopback.CLIENT)) {
            assertThat(client.ask("HOST other.example").code()).isEqualTo(504);
            assertThat(logIn(client, "tester")).isEqualTo("rest");
        }
    }

    @Test
    void goesByTheNetworkOfTheClient() throws IOException {
        try (RawFtp client = connect(Loopback.STRANGER);
                RawFtp mail = connect(Loopback.STRANGER)) {
            assertThat(logIn(client, "tester")).isEqualTo("network");
            assertThat(logIn(mail, PureFtpd.MAIL_USER))
                    .as("the first route that matches")
                    .isEqualTo("network");
        }
    }

    @Test
    void refusesWhomNoRouteIsFor() throws IOException {
        try (RawFtp client = RawFtp.connect(gateways.get(2));
                RawFtp user = RawFtp.connect(gateways.get(2));
                RawFtp network = RawFtp.connect(gateways.get(2), Loopback.STRANGER)) {
            for (RawFtp each : List.of(client, user, network)) {
                assertThat(each.read().code()).isEqualTo(220);
            }
            assertThat(logIn(client, "tester")).isEqualTo("user");

            user.send("USER guest");
            network.send("USER tester");

            assertThat(user.readToEnd()).matches("421 [^\r\n]+\r\n");
            assertThat(network.readToEnd()).matches("421 [^\r\n]+\r\n");
        }
    }

    @Test
    void goesToThePoolOrWhereTheLoginSays() throws IOException {
        Fleet fleet = started.orElseThrow();
        try (RawFtp pool = RawFtp.connect(gateways.get(3));
                RawFtp named = RawFtp.connect(gateways.get(3));
                RawFtp mail = RawFtp.connect(gateways.get(3));
                RawFtp denied = RawFtp.connect(gateways.get(3))) {
            for (RawFtp each : List.of(pool, named, mail, denied)) {
                assertThat(each.read().code()).isEqualTo(220);
            }
            assertThat(logIn(pool, "tester")).isEqualTo("user");
            assertThat(logIn(named, "tester@" + fleet.authority("host"))).isEqualTo("host");

            denied.send("USER tester@" + fleet.authority("rest"));
            assertThat(denied.readToEnd()).matches("421 [^\r\n]+\r\n");
            mail.send("USER " + PureFtpd.MAIL_USER);
            assertThat(mail.readToEnd())
                    .as("a login that names a server never ends at another")
                    .matches("421 [^\r\n]+\r\n");
        }
    }
}
