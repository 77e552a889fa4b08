package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/** JDK and Netty alone. When it fails, {@link ResumptionWatch} may ask the engine that has such a method. */
class ResumptionWatchReproducerTest {

    /** The engine of OpenSSL knows it, for Netty's own tests (netty/netty#10331). */
    @Test
    void noEngineReportsWhetherItResumedASession() {
        assertThat(methods(SSLEngine.class)).contains("getSession");
        assertThat(methods(ReferenceCountedOpenSslEngine.class)).contains("isSessionReused");

        assertThat(Stream.of(SSLEngine.class, ExtendedSSLSession.class, ReferenceCountedOpenSslEngine.class)
                        .flatMap(type -> Arrays.stream(type.getMethods()))
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName))
                .noneMatch(name -> name.matches("(?i).*(reuse|resum).*"));
    }

    private static Stream<String> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).map(Method::getName);
    }
}
