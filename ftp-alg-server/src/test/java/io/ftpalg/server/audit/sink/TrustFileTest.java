package io.ftpalg.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.tls.TlsFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFileTest {
    @TempDir
    private Path temp = Path.of(".");

    @Test
    void readsABundle() throws Exception {
        Path ca = TlsFixture.certificateFile(temp, "ca", TlsFixture.selfSigned("a.example"));

        assertThat(TrustFile.context(Optional.of(ca)).getProtocol()).isEqualTo("TLS");
    }

    @Test
    void usesThoseOfTheJdkWithoutAFile() throws IOException {
        assertThat(TrustFile.context(Optional.empty()).getProtocol()).isEqualTo("Default");
    }

    @Test
    void refusesAFileWithoutCertificates() throws IOException {
        Path empty = Files.writeString(temp.resolve("ca.pem"), "");

        assertThatThrownBy(() -> TrustFile.context(Optional.of(empty)))
                .isInstanceOf(IOException.class)
                .hasMessage(empty + ": has no certificate: give a CA bundle (PEM)");
    }
}
