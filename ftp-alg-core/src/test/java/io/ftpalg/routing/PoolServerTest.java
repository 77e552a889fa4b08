package io.ftpalg.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.tls.ServerTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolServerTest {

    @Test
    void isWrittenAsItIsNamed() {
        assertThat(PoolServer.of(Names.server("[::1]:2121"), ServerTls.OFF)).hasToString("[::1]:2121");
        assertThat(PoolServer.service("_FTP._tcp.Example.com.", ServerTls.OFF)).hasToString("_ftp._tcp.example.com");
    }

    @Test
    void isAServiceByItsFirstUnderscore() {
        assertThat(PoolServer.isService("_ftp._tcp.example.com")).isTrue();
        assertThat(PoolServer.isService("ftp.example.com")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp.example.com",
                "_ftp.example.com",
                "_ftp._udp.example.com",
                "_ftp._tcp",
                "_ftp._tcp.",
                "_ftp._tcp.a b",
                "_ftp._tcp.a..b",
                "_ftp._tcp.example.com:21",
                "__._tcp.\u00e4"
            })
    void refusesWhatIsNoService(String name) {
        assertThatThrownBy(() -> PoolServer.service(name, ServerTls.OFF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("_ftp._tcp.example.com");
    }
}
