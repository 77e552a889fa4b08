package io.ftpalg.policy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerTlsTest {

    @Test
    void checksTheNameThatTheServerIsKnownBy() {
        assertThat(ServerTls.explicit(ServerTls.Mode.REQUIRED)
                        .towards("ftp.example.com", 21)
                        .name())
                .contains("ftp.example.com");
    }

    @Test
    void keepsAnotherNameThatWasGiven() {
        ServerTls tls = new ServerTls(
                ServerTls.Mode.REQUIRED, false, ServerTls.Data.PRIVATE, true, Optional.of("cert.name"), "");

        assertThat(tls.towards("ftp.example.com", 21).name()).contains("cert.name");
    }

    @Test
    void isImplicitOnPort990UnlessThereIsNone() {
        assertThat(ServerTls.explicit(ServerTls.Mode.AUTO).towards("h", 990).implicit())
                .isTrue();
        assertThat(ServerTls.explicit(ServerTls.Mode.AUTO).towards("h", 2121).implicit())
                .isFalse();
        assertThat(ServerTls.implicitly().towards("h", 2121).implicit()).isTrue();
        assertThat(ServerTls.OFF.towards("h", 990)).isEqualTo(ServerTls.OFF);
    }

    @Test
    void mirrorsTheDataTooIfItMirrors() {
        assertThat(ServerTls.explicit(ServerTls.Mode.MIRROR).data()).isEqualTo(ServerTls.Data.MIRROR);
        assertThat(ServerTls.explicit(ServerTls.Mode.AUTO).data()).isEqualTo(ServerTls.Data.PRIVATE);
    }
}
