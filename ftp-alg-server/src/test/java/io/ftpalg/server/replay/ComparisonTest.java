package io.ftpalg.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lines count as the same. */
class ComparisonTest {
    private final Comparison clear = new Comparison(false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "227 Entering Passive Mode (10,0,0,1,4,1). # 227 Entering Passive Mode (127,0,0,1,200,3).",
                "229 Entering (|||4000|) # 229 Entering (|||5|)",
                "EPRT |1|10.0.0.1|4000| # EPRT |1|127.0.0.1|5|",
                "EPRT |2|2001:db8::7|4000| # EPRT |2|::1|5|",
                "PORT 10,0,0,7,1,2 # PORT 127,0,0,1,3,4",
                "211 Connected to 10.0.0.7:2121 # 211 Connected to 127.0.0.1:9",
                "211 Connected to [2001:db8::7]:21 # 211 Connected to [::1]:9",
                "220 Ready at 2026-01-01 10:11:12 # 220 Ready at 2027-12-31 1:02:03"
            })
    void portsAddressesAndTimesDoNotCount(String recorded, String now) {
        assertThat(clear.same(recorded, now)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "230 Welcome # 530 Welcome",
                "227 Entering Passive Mode (10,0,0,1,4,1). # 229 Entering Extended Passive Mode (|||4|)",
                "213 20260101101112 # 213 20260101101113",
                "150 (1234 bytes) # 150 (8 bytes)",
                "RETR a # RETR b"
            })
    void allElseCounts(String recorded, String now) {
        assertThat(clear.same(recorded, now)).isFalse();
    }

    @Test
    void featuresOfTlsDoNotCountWhereItWasLeftOut() {
        List<String> reply = List.of("211-Features:", " AUTH TLS", " PBSZ", " PROT", " SIZE", "211 End");

        assertThat(new Comparison(true).lines(reply)).containsExactly("211-Features:", " SIZE", "211 End");
        assertThat(clear.lines(reply)).isEqualTo(reply);
    }
}
