package io.ftpalg.server.users;

import static io.ftpalg.server.users.Directory.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.LogCapture;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LdapServersTest {
    @TempDir
    private Path folder = Path.of(".");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesTheServerOfThatNameAndCaOnly(boolean startTls) throws Exception {
        X509Bundle right = authority();
        X509Bundle named = builder("localhost").addSanDnsName("localhost").buildIssuedBy(right);
        try (Directory directory = start(named, startTls)) {
            try (LdapUsers users = users(directory.at("localhost"), ca("right", right), startTls)) {
                assertThat(ask(users, "alice", "secret")).isPresent();
                assertThat(ask(users, "alice", "wrong")).isEmpty();
            }
            directory.binds().clear();
            try (LdapUsers users = users(directory.at("127.0.0.1"), ca("right", right), startTls)) {
                assertThatThrownBy(() -> ask(users, "alice", "secret"))
                        .cause()
                        .isInstanceOf(UsersException.class)
                        .hasMessageContaining("the certificate is for localhost, not for 127.0.0.1");
            }
            try (LdapUsers users = users(directory.at("localhost"), ca("other", authority()), startTls)) {
                assertThatThrownBy(() -> ask(users, "alice", "secret"))
                        .cause()
                        .isInstanceOf(UsersException.class)
                        .hasMessageContaining("unreachable");
            }
            assertThat(directory.binds()).isEmpty();
        }
    }

    @Test
    void sendsNoPasswordToAServerWithoutStartTls() throws Exception {
        try (Directory directory = Directory.plain();
                LdapUsers users = users(directory.at("localhost"), ca("right", authority()), true)) {
            assertThatThrownBy(() -> ask(users, "alice", "secret")).cause().isInstanceOf(UsersException.class);

            assertThat(directory.binds()).isEmpty();
        }
    }

    @Test
    void saysThatAFileHasNoCa() throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "rubbish");

        assertThatThrownBy(() -> users(LdapServer.parse("ldaps://localhost").orElseThrow(), file, false))
                .isInstanceOf(UsersException.class)
                .hasMessage(file + ": has no PEM certificate (-----BEGIN CERTIFICATE-----)");
    }

    @Test
    void warnsOfPasswordsInTheClear() throws Exception {
        try (LogCapture log = new LogCapture(LdapServers.class)) {
            for (String url : List.of(
                    "ldap://127.0.0.1", "ldap://localhost", "ldap://[::1]", "ldaps://a.example", "ldap://a.example")) {
                LdapUsers.of(LdapSettings.of(List.of(LdapServer.parse(url).orElseThrow()), Directory.DIRECT))
                        .close();
            }

            assertThat(log.lines())
                    .containsExactly(
                            "WARN passwords are sent in the clear to ldap://a.example:389: use ldaps:// or StartTLS");
        }
    }

    private static Directory start(X509Bundle identity, boolean startTls) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity.toKeyManagerFactory().getKeyManagers(), null, null);
        return startTls ? Directory.startTls(context) : Directory.tls(context);
    }

    private static LdapUsers users(LdapServer server, Path ca, boolean startTls) throws UsersException {
        LdapSettings settings =
                LdapSettings.of(List.of(server), Directory.SEARCH).withCaFile(ca);
        return LdapUsers.of(startTls ? settings.withStartTls() : settings);
    }

    private static CertificateBuilder builder(String name) {
        return new CertificateBuilder().ecp256().subject("CN=" + name);
    }

    private static X509Bundle authority() throws Exception {
        return builder("a CA").setIsCertificateAuthority(true).buildSelfSigned();
    }

    private Path ca(String name, X509Bundle authority) throws Exception {
        return Files.writeString(folder.resolve(name + ".pem"), authority.getCertificatePEM());
    }
}
