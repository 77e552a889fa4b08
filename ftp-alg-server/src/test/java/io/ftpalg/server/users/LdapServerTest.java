package io.ftpalg.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LdapServerTest {

    @ParameterizedTest
    @CsvSource({
        "ldap://a.example, ldap://a.example:389, false",
        "ldap://a.example:1389/, ldap://a.example:1389, false",
        "LDAPS://A.example, ldaps://a.example:636, true",
        "ldaps://[2001:db8::1]:7636, ldaps://[2001:db8::1]:7636, true"
    })
    void isWhatTheUrlSays(String url, String normal, boolean tls) {
        LdapServer server = LdapServer.parse(url).orElseThrow();

        assertThat(server).hasToString(normal);
        assertThat(server.tls()).isEqualTo(tls);
        assertThat(LdapServer.parse(normal)).contains(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.example",
                "http://a.example",
                "ldap://",
                "ldap://a:0",
                "ldap://a:70000",
                "ldap://a/dc=b",
                "ldapi:///x"
            })
    void isNothingElse(String url) {
        assertThat(LdapServer.parse(url)).isEmpty();
    }
}
