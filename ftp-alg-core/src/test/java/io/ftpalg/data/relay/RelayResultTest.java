package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.data.relay.RelayResult.TlsFault;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.Side;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RelayResultTest {

    /** An alert behind the end of a file changes nothing, and is nobody's fault. */
    @ParameterizedTest
    @EnumSource(End.class)
    void hasAFaultOnlyWhereTlsEndedTheRelay(End end) {
        Optional<TlsFault> fault = Optional.of(new TlsFault(Side.SERVER, TlsFailure.other("made by a test")));

        assertThat(new RelayResult(end, 1, 2).with(fault))
                .isEqualTo(new RelayResult(
                        end, 1, 2, end == End.TRUNCATED || end == End.TLS_FAILED ? fault : Optional.empty()));
    }
}
