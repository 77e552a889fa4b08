package io.ftpalg.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.protocol.Cidr;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteMatchTest {
    private static final RouteRequest BARE = Names.from("10.1.2.3");
    private static final RouteRequest ANN = BARE.withUser(Optional.of("ann"));

    @Test
    void allMatchesEverything() {
        assertThat(RouteMatch.ALL.matches(BARE)).isTrue();
        assertThat(RouteMatch.ALL.matches(ANN.withHost(Optional.of("x")))).isTrue();
        assertThat(RouteMatch.ALL.asksTheClient()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ann, ann, true",
        "ann, Ann, false",
        "ann, anna, false",
        "a*, ann, true",
        "*, ann, true",
        "*n, ann, true",
        "a*n, ann, true",
        "a?n, ann, true",
        "a??n, ann, false",
        "*a*b*c, xaybzc, true",
        "*a*b*c, xaybz, false",
        "?, '', false",
        "*, '', true",
        "a.n, ann, false",
        "[a]nn, ann, false",
        "**x, yx, true",
        "*x, xyx, true",
        "a*b, ab, true",
        "a*b, acb, true",
        "a*b, acbd, false"
    })
    void usersArePatterns(String pattern, String user, boolean matches) {
        assertThat(users(pattern).matches(BARE.withUser(Optional.of(user)))).isEqualTo(matches);
    }

    @Test
    void anyOfTheUsersWillDo() {
        assertThat(users("bob", "a*").matches(ANN)).isTrue();
        assertThat(users("bob", "b*").matches(ANN)).isFalse();
    }

    @Test
    void usersAreTheServersOrElseTheGatewaysOwn() {
        RouteRequest known = BARE.withProxyUser(Optional.of(new ProxyUser("proxyann", Set.of())));

        assertThat(users("proxyann").matches(known)).isTrue();
        assertThat(users("proxyann").matches(known.withUser(Optional.of("ann"))))
                .isFalse();
        assertThat(users("*").matches(BARE)).as("nobody yet").isFalse();
    }

    @Test
    void aPatternOfManyStarsTakesNoTime() {
        RouteRequest hostile = BARE.withUser(Optional.of("a".repeat(500)));

        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(users("a*".repeat(200) + "b").matches(hostile)).isFalse());
    }

    @Test
    void groupsAreTheProxyUsers() {
        RouteMatch staff = new RouteMatch(List.of(), Set.of("staff", "admins"), List.of(), List.of());

        assertThat(staff.matches(BARE.withProxyUser(Optional.of(new ProxyUser("x", Set.of("guests", "staff"))))))
                .isTrue();
        assertThat(staff.matches(BARE.withProxyUser(Optional.of(new ProxyUser("staff", Set.of("guests"))))))
                .isFalse();
        assertThat(staff.matches(BARE)).isFalse();
        assertThat(staff.asksTheClient()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp.example.com, FTP.Example.COM, true",
        "ftp.example.com, ftp.example.com., true",
        "FTP.example.com., ftp.example.com, true",
        "*.example.com, a.example.com, true",
        "*.example.com, a.b.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, .example.com, false",
        "*.example.com, xexample.com, false",
        "ftp.example.com, ftp.example.org, false"
    })
    void hostsAreNamesWhateverTheirCase(String pattern, String host, boolean matches) {
        RouteMatch match = hosts(pattern);

        assertThat(match.matches(BARE.withHost(Optional.of(host)))).isEqualTo(matches);
        assertThat(match.names(host)).isEqualTo(matches);
        assertThat(match.matches(BARE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*.", "a.*.com", "a b", "10.0.0.1", "::1", "a:21", "*.10.0.0.1"})
    void refusesAHostThatIsNone(String pattern) {
        assertThatThrownBy(() -> hosts(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(pattern);
    }

    @Test
    void refusesNothingAsAName() {
        assertThatThrownBy(() -> users("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RouteMatch(List.of(), Set.of(""), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void clientsAreNetworks() {
        RouteMatch match = new RouteMatch(
                List.of(),
                Set.of(),
                List.of(),
                Stream.of("192.0.2.0/24", "10.0.0.0/8")
                        .map(text -> Cidr.parse(text).orElseThrow())
                        .toList());

        assertThat(match.matches(BARE)).isTrue();
        assertThat(match.matches(Names.from("::ffff:10.9.9.9"))).isTrue();
        assertThat(match.matches(Names.from("11.0.0.1"))).isFalse();
        assertThat(match.asksTheClient()).isFalse();
    }

    @Test
    void allFourMustMatch() {
        RouteMatch match = new RouteMatch(
                List.of("ann"),
                Set.of("staff"),
                List.of("h"),
                List.of(Cidr.parse("10.0.0.0/8").orElseThrow()));
        RouteRequest right =
                ANN.withHost(Optional.of("h")).withProxyUser(Optional.of(new ProxyUser("p", Set.of("staff"))));

        assertThat(match.matches(right)).isTrue();
        assertThat(match.matches(right.withUser(Optional.of("bob")))).isFalse();
        assertThat(match.matches(right.withHost(Optional.empty()))).isFalse();
        assertThat(match.matches(right.withProxyUser(Optional.empty()))).isFalse();
    }

    @Test
    void matchesTheNetworkThatTheClientConnectedTo() {
        RouteMatch match = new RouteMatch(
                List.of(),
                Set.of(),
                List.of(),
                List.of(),
                List.of(Cidr.parse("192.0.2.0/24").orElseThrow()));

        assertThat(match.matches(BARE.withOriginalDestination(Optional.of(new InetSocketAddress("192.0.2.7", 21)))))
                .isTrue();
        assertThat(match.matches(BARE.withOriginalDestination(Optional.of(new InetSocketAddress("192.0.3.7", 21)))))
                .isFalse();
        assertThat(match.matches(BARE)).isFalse();
        assertThat(match.asksTheClient()).isFalse();
    }

    private static RouteMatch users(String... patterns) {
        return new RouteMatch(List.of(patterns), Set.of(), List.of(), List.of());
    }

    private static RouteMatch hosts(String... patterns) {
        return new RouteMatch(List.of(), Set.of(), List.of(patterns), List.of());
    }
}
