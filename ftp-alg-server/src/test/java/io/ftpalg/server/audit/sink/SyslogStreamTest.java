package io.ftpalg.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.server.tls.TlsFixture;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SyslogStreamTest {
    @TempDir
    private Path temp = Path.of(".");

    private static SyslogServer server(X509Bundle certificate) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        return new SyslogServer(context.getServerSocketFactory(), true);
    }

    private SyslogStream stream(int port, X509Bundle trusted) throws IOException {
        Path ca = TlsFixture.certificateFile(temp, "ca", trusted);
        return new SyslogStream(new HostPort("localhost", port), Optional.of(() -> TrustFile.context(Optional.of(ca))));
    }

    @Test
    void sendsOverTlsWhereTheCertificateHasTheName() throws Exception {
        X509Bundle certificate = TlsFixture.selfSigned("localhost");
        try (SyslogServer server = server(certificate);
                SyslogStream stream = stream(server.port(), certificate)) {
            stream.send("one".getBytes(StandardCharsets.US_ASCII));
            stream.flush();
            stream.send("two".getBytes(StandardCharsets.US_ASCII));
            stream.flush();

            await().until(() -> server.messages.size() == 2);
            assertThat(server.messages).containsExactly("one", "two");
        }
    }

    @Test
    void refusesACertificateOfAnotherName() throws Exception {
        X509Bundle certificate = TlsFixture.selfSigned("other.example");
        try (SyslogServer server = server(certificate);
                SyslogStream stream = stream(server.port(), certificate)) {
            assertThatThrownBy(() -> stream.send(new byte[1]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("localhost");
        }
    }

    @Test
    void refusesACertificateOfAnotherCa() throws Exception {
        try (SyslogServer server = server(TlsFixture.selfSigned("localhost"));
                SyslogStream stream = stream(server.port(), TlsFixture.selfSigned("localhost"))) {
            assertThatThrownBy(() -> stream.send(new byte[1])).isInstanceOf(IOException.class);
        }
    }
}
