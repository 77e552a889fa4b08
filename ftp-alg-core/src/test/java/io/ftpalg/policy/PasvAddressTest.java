package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.PasvAddress.Mode;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasvAddressTest {
    private static final Cidr TEN = Cidr.parse("10.0.0.0/8").orElseThrow();

    /** R3. */
    @ParameterizedTest
    @CsvSource({
        "ignore, 192.0.2.1, 192.0.2.1",
        "ignore, 10.0.0.5, 192.0.2.1",
        "ignore, 0.0.0.0, 192.0.2.1",
        "match, 192.0.2.1, 192.0.2.1",
        "match, ::ffff:192.0.2.1, 192.0.2.1",
        "match, 192.0.2.2, ",
        "match, 0.0.0.0, ",
        "10.0.0.0/8, 192.0.2.1, 192.0.2.1",
        "10.0.0.0/8, 10.0.0.5, 10.0.0.5",
        "10.0.0.0/8, 11.0.0.5, ",
        "10.0.0.0/8, 127.0.0.1, ",
        "10.0.0.0/8, 0.0.0.0, "
    })
    void saysWhichHostIsConnectedTo(String words, String named, String host) {
        PasvAddress use = PasvAddress.parse(List.of(words)).orElseThrow();

        assertThat(use.dataHost(ip(named), ip("192.0.2.1")))
                .isEqualTo(Optional.ofNullable(host).map(PasvAddressTest::ip));
    }

    @Test
    void isReadFromWords() {
        assertThat(PasvAddress.parse(List.of("ignore"))).contains(PasvAddress.IGNORE);
        assertThat(PasvAddress.parse(List.of("match"))).contains(PasvAddress.MATCH);
        assertThat(PasvAddress.parse(List.of("10.0.0.0/8", "192.0.2.7")))
                .contains(PasvAddress.in(List.of(TEN, Cidr.parse("192.0.2.7/32").orElseThrow())));
    }

    @Test
    void isNoMixtureAndNothingElse() {
        for (List<String> words : List.of(
                List.<String>of(),
                List.of("any"),
                List.of("10.0.0.0/33"),
                List.of("match", "10.0.0.0/8"),
                List.of("match", "ignore"),
                List.of("match", "match"),
                List.of("10.0.0.0/8", "x"))) {
            assertThat(PasvAddress.parse(words)).as("%s", words).isEmpty();
        }
    }

    @Test
    void hasNetworksWhereTheyDecideOnly() {
        assertThatThrownBy(() -> new PasvAddress(Mode.NETWORKS, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PasvAddress(Mode.MATCH, List.of(TEN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static InetAddress ip(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }
}
