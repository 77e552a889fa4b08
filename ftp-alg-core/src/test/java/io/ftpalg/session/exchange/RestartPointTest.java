package io.ftpalg.session.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartPointTest {
    private final RestartPoint restart = new RestartPoint();

    @ParameterizedTest
    @CsvSource({
        "REST,100,350,true",
        "REST,0,350,false",
        "REST,00,350,false",
        "REST,MARKER,350,true",
        "REST,100,502,false",
        "RANG,1 0,350,false",
        "RANG,5 9,350,true",
        "SIZE,100,213,false"
    })
    void isSetByWhatTheServerAccepts(String verb, String argument, int code, boolean set) {
        restart.onReply(FtpCommand.of(verb, argument), code);

        assertThat(restart.isSet()).isEqualTo(set);
    }

    @Test
    void staysSetWhereTheServerRefusesAnother() {
        restart.onReply(FtpCommand.of("REST", "100"), 350);
        restart.onReply(FtpCommand.of("REST", "0"), 501);

        assertThat(restart.isSet()).isTrue();
    }

    @Test
    void isUsedByOneTransfer() {
        restart.onReply(FtpCommand.of("REST", "100"), 350);
        restart.used();

        assertThat(restart.isSet()).isFalse();
    }
}
