package io.ftpalg.data.leg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are those of include/net/tcp_states.h. */
class TcpStateTest {

    @ParameterizedTest
    @CsvSource({
        "ESTABLISHED, 1, false, false",
        "FIN_WAIT1,   4, false, false",
        "FIN_WAIT2,   5, false, true",
        "TIME_WAIT,   6, true,  true",
        "CLOSE,       7, false, true",
        "CLOSE_WAIT,  8, true,  false",
        "LAST_ACK,    9, true,  false",
        "CLOSING,    11, true,  false"
    })
    void knowsWhatTheStatesMean(String name, int state, boolean finArrived, boolean finAcknowledged) {
        assertThat(TcpState.finArrived(state)).as(name).isEqualTo(finArrived);
        assertThat(TcpState.finAcknowledged(state)).as(name).isEqualTo(finAcknowledged);
    }
}
