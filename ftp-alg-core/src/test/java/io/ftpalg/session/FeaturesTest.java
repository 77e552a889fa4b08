package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpReply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R18. */
class FeaturesTest {

    private static FtpReply rebuilt(String... lines) {
        return Features.rebuilt(new FtpReply(211, List.of(lines)));
    }

    @Test
    void offersWhatTheGatewayDoesByItself() {
        assertThat(Features.own()).isEqualTo(new FtpReply(211, List.of("Features:", " EPRT", " EPSV", "End")));
    }

    @Test
    void keepsTheServersFeaturesWithOneBlankBeforeEach() {
        assertThat(rebuilt("Extensions", "   MDTM", "SIZE", "211-REST STREAM", " MLST type*;size*;", "END").lines())
                .containsExactly("Features:", " MDTM", " SIZE", " REST STREAM", " MLST type*;size*;", " EPRT", " EPSV",
                        "End");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTH TLS", "auth ssl", "PBSZ", "PROT", "CCC", "SSCN", "CPSV", "LPRT", "LPSV", "SPSV", "PRET",
            "HOST", "ALGS", ""})
    void dropsWhatTheGatewayDoesNotCarry(String feature) {
        assertThat(rebuilt("Features:", " " + feature, "End")).isEqualTo(Features.own());
    }

    @Test
    void offersEpsvOnceThoughTheServerDoesToo() {
        assertThat(rebuilt("Features:", " EPSV", " EPRT", "End")).isEqualTo(Features.own());
    }

    @Test
    void answersAServerWithoutFeatures() {
        assertThat(rebuilt("no-features")).isEqualTo(Features.own());
    }
}
