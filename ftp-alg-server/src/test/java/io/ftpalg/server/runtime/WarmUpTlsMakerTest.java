package io.ftpalg.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.TestSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.warmup.WarmUpTls;
import io.netty.handler.ssl.OpenSslContext;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmUpTlsMakerTest {

    @Test
    void makesNoneWhereNoListenerEndsTls() {
        assertThat(WarmUpTlsMaker.of(TestSettings.program("--upstream", "127.0.0.1:1")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"jdk, false", "openssl, true"})
    void usesTheEngineOfTheListener(String engine, boolean openSsl) throws Exception {
        ProgramSettings settings =
                TestSettings.program("--upstream", "127.0.0.1:1", "--tls-self-signed", "--tls-engine", engine);
        WarmUpTls made = WarmUpTlsMaker.of(settings).orElseThrow();

        assertThat(
                        made.gateway()
                                        .choose(Optional.empty(), new InetSocketAddress("127.0.0.1", 21))
                                        .toCompletableFuture()
                                        .get()
                                instanceof OpenSslContext)
                .isEqualTo(openSsl);
    }
}
