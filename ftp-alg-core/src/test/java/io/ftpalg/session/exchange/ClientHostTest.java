package io.ftpalg.session.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientHostTest {

    /** RFC 7151 section 3.1. */
    @ParameterizedTest
    @CsvSource({
        "ftp.example.com, ftp.example.com",
        "FTP.Example.COM., ftp.example.com",
        "[192.0.2.1], 192.0.2.1",
        "[2001:db8::c000:201], 2001:db8::c000:201",
        "ftp.example.com:21,",
        "[2001:db8::1]:21,",
        "2001:db8::1,",
        "'',",
        "a b,",
        "[x],"
    })
    void readsWhatHostNames(String argument, String host) {
        assertThat(ClientHost.parse(argument)).isEqualTo(Optional.ofNullable(host));
    }

    @Test
    void prefersWhatWasSaidToWhatTheHandshakeAskedFor() {
        ClientHost host = new ClientHost();
        assertThat(host.name()).isEmpty();

        host.asked(Optional.of("A.example."));
        assertThat(host.name()).contains("a.example");
        assertThat(host.contradicts("a.example")).isFalse();
        assertThat(host.contradicts("b.example")).isTrue();

        host.said("b.example");
        assertThat(host.name()).contains("b.example");

        host.forget();
        assertThat(host.name()).contains("a.example");
    }
}
