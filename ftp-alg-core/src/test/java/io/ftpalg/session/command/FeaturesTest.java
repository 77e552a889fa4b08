package io.ftpalg.session.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.protocol.FtpReply;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R18. */
class FeaturesTest {

    private static FtpReply rebuilt(String... lines) {
        return Features.rebuilt(new FtpReply(211, List.of(lines)), ClientTls.NONE, Set.of());
    }

    @Test
    void offersWhatTheGatewayDoesByItself() {
        assertThat(Features.own(ClientTls.NONE))
                .isEqualTo(new FtpReply(211, List.of("Features:", " EPRT", " EPSV", "End")));
    }

    @Test
    void keepsTheServersFeaturesWithOneBlankBeforeEach() {
        assertThat(rebuilt("Extensions", "   MDTM", "SIZE", "211-REST STREAM", " MLST type*;size*;", "END")
                        .lines())
                .containsExactly(
                        "Extensions", " MDTM", " SIZE", " REST STREAM", " MLST type*;size*;", " EPRT", " EPSV", "END");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRET", "UTF8"})
    void keepsWhatPassesToTheServer(String feature) {
        assertThat(rebuilt("Features:", " " + feature, "End").lines()).contains(" " + feature);
    }

    @Test
    void keepsTheFirstAndTheLastLineOfAnEmptyList() {
        assertThat(rebuilt("Extensions supported:", "End of list").lines())
                .containsExactly("Extensions supported:", " EPRT", " EPSV", "End of list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTH TLS",
                "auth ssl",
                "PBSZ",
                "PROT",
                "CCC",
                "SSCN",
                "CPSV",
                "LPRT",
                "LPSV",
                "SPSV",
                "HOST",
                "ALGS",
                ""
            })
    void dropsWhatTheGatewayDoesNotCarry(String feature) {
        assertThat(rebuilt("Features:", " " + feature, "End")).isEqualTo(Features.own(ClientTls.NONE));
    }

    @Test
    void offersEpsvOnceThoughTheServerDoesToo() {
        assertThat(rebuilt("Features:", " EPSV", " EPRT", "End")).isEqualTo(Features.own(ClientTls.NONE));
    }

    @Test
    void answersAServerWithoutFeatures() {
        assertThat(rebuilt("no-features")).isEqualTo(Features.own(ClientTls.NONE));
    }

    @Test
    void tellsWhatTlsIsOffered() {
        ClientTls withCcc = new ClientTls(TlsUse.OPTIONAL, TlsUse.OPTIONAL, AuthMode.TERMINATE, false, true, false);

        assertThat(Features.own(ClientTls.OPTIONAL).lines())
                .contains(" AUTH TLS", " PBSZ", " PROT")
                .doesNotContain(" CCC");
        assertThat(Features.own(withCcc).lines()).contains(" CCC");
    }

    @Test
    void leavesTheServersOwnWhereAuthPassesThrough() {
        ClientTls passing = new ClientTls(TlsUse.OFF, TlsUse.OFF, AuthMode.PASSTHROUGH, false, false, false);

        FtpReply rebuilt =
                Features.rebuilt(new FtpReply(211, List.of("Features:", " AUTH TLS;SSL", "End")), passing, Set.of());

        assertThat(rebuilt.lines()).contains(" AUTH TLS;SSL");
    }

    @Test
    void leavesOutWhatIsWithheld() {
        FtpReply server = new FtpReply(211, List.of("Features:", " MODE Z", " Rest STREAM", " SIZE", "End"));

        assertThat(Features.rebuilt(server, ClientTls.NONE, Set.of("MODE", "REST"))
                        .lines())
                .containsExactly("Features:", " SIZE", " EPRT", " EPSV", "End");
    }
}
