package io.ftpalg.policy.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServerDataModeTest {

    @ParameterizedTest
    @CsvSource({
        "CLIENT, PORT, PORT", "CLIENT, EPRT, EPRT PORT", "CLIENT, PASV, PASV", "CLIENT, EPSV, EPSV PASV",
        "PASSIVE, PORT, PASV", "PASSIVE, EPRT, EPSV PASV", "PASSIVE, PASV, PASV", "PASSIVE, EPSV, EPSV PASV",
        "ACTIVE, PORT, PORT", "ACTIVE, EPRT, EPRT PORT", "ACTIVE, PASV, PORT", "ACTIVE, EPSV, EPRT PORT",
        "PORT, PORT, PORT", "PORT, EPRT, PORT", "PORT, PASV, PORT", "PORT, EPSV, PORT",
        "EPRT, PORT, EPRT", "EPRT, EPRT, EPRT", "EPRT, PASV, EPRT", "EPRT, EPSV, EPRT",
        "PASV, PORT, PASV", "PASV, EPRT, PASV", "PASV, PASV, PASV", "PASV, EPSV, PASV",
        "EPSV, PORT, EPSV", "EPSV, EPRT, EPSV", "EPSV, PASV, EPSV", "EPSV, EPSV, EPSV"
    })
    void triesTheseOverIpv4(ServerDataMode mode, DataSyntax client, String candidates) {
        assertThat(mode.candidates(client, false)).isEqualTo(syntaxes(candidates));
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT, PORT, EPRT", "CLIENT, EPRT, EPRT", "CLIENT, PASV, EPSV", "CLIENT, EPSV, EPSV",
        "PASSIVE, PORT, EPSV", "PASSIVE, EPRT, EPSV", "PASSIVE, PASV, EPSV", "PASSIVE, EPSV, EPSV",
        "ACTIVE, PORT, EPRT", "ACTIVE, EPRT, EPRT", "ACTIVE, PASV, EPRT", "ACTIVE, EPSV, EPRT"
    })
    void triesTheExtendedFormOnlyOverIpv6(ServerDataMode mode, DataSyntax client, String candidates) {
        assertThat(mode.candidates(client, true)).isEqualTo(syntaxes(candidates));
    }

    @ParameterizedTest
    @EnumSource
    void neverTriesNothingNorAFormThatCannotCarryIpv6(ServerDataMode mode) {
        for (DataSyntax client : DataSyntax.values()) {
            assertThat(mode.candidates(client, false)).isNotEmpty().doesNotHaveDuplicates();
            assertThat(mode.candidates(client, true)).isNotEmpty().allMatch(DataSyntax::extended);
        }
    }

    private static List<DataSyntax> syntaxes(String names) {
        return Stream.of(names.split(" ")).map(DataSyntax::valueOf).toList();
    }
}
