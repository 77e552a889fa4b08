package io.ftpalg.server.inspect.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncapsulatedTest {

    @Test
    void findsTheLastHead() throws Exception {
        assertThat(Encapsulated.of("req-hdr=0, RES-HDR=10,res-body=30"))
                .isEqualTo(new Encapsulated(Encapsulated.Kind.RESPONSE, 10, 30, true));
    }

    @Test
    void aNullBodyIsNone() throws Exception {
        assertThat(Encapsulated.of("req-hdr=0, null-body=9"))
                .isEqualTo(new Encapsulated(Encapsulated.Kind.REQUEST, 0, 9, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "res-hdr",
                "res-hdr=0",
                "res-body=1",
                "res-hdr=0, res-body=-1",
                "res-hdr=0, res-body=9999999999",
                "req-hdr=0, res-hdr=20, res-body=10",
                "res-body=0, res-hdr=1",
                "res-hdr=0, other=1, res-body=2",
                "req-hdr=0, req-hdr=1, req-hdr=2, req-hdr=3, req-body=4"
            })
    void refusesOthers(String text) {
        assertThatThrownBy(() -> Encapsulated.of(text)).isInstanceOf(IcapException.class);
    }
}
