package io.ftpalg.data.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Connection refused: /127.0.0.1:21 | connection refused",
                "Connection refused: ftp.example/127.0.0.1:21 | connection refused",
                "finishConnect(..) failed with error(-111): Connection refused: /127.0.0.1:21 | connection refused",
                "connect(..) failed with error(-101): Network is unreachable: /[2001:db8::1]:21 | network is unreachable",
                "bind(..) failed with error(-98): Address already in use | address already in use",
                "too many open files | too many open files",
                "ENETDOWN | ENETDOWN"
            })
    void isTheErrorInWords(String message, String reason) {
        assertThat(SocketErrors.reason(new ConnectException(message))).isEqualTo(reason);
    }

    @Test
    void saysThatAConnectionTimedOut() {
        assertThat(SocketErrors.reason(
                        new ConnectTimeoutException("connection timed out after 3000 ms: /192.0.2.1:21")))
                .isEqualTo("connection timed out");
    }

    @Test
    void namesTheKindOfAnErrorWithoutWords() {
        assertThat(SocketErrors.reason(new IOException())).isEqualTo("IOException");
    }
}
