package io.ftpalg.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.Secret;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LdapSettingsTest {
    private static final LdapServer PLAIN = LdapServer.parse("ldap://a").orElseThrow();
    private static final LdapServer TLS = LdapServer.parse("ldaps://a").orElseThrow();
    private static final LdapSettings.Login LOGIN = new LdapSettings.DirectBind("uid={user},dc=example");

    @Test
    void refuseWhatCannotWork() {
        refused("'uid=alice,dc=example' has no {user}", () -> new LdapSettings.DirectBind("uid=alice,dc=example"));
        refused("'name,dc' is not a DN", () -> requireDirect("{user},dc"));
        refused(
                "'nowhere' is not a DN",
                () -> new LdapSettings.SearchThenBind("nowhere", "(uid={user})", Optional.empty()));
        refused(
                "'(uid={user}' is not an LDAP filter",
                () -> new LdapSettings.SearchThenBind("dc=a", "(uid={user}", Optional.empty()));
        refused("'(uid=a)' has no {user}", () -> new LdapSettings.SearchThenBind("dc=a", "(uid=a)", Optional.empty()));
        refused("'(member=a)' has no {user}", () -> new LdapSettings.GroupSearch("dc=a", "(member=a)", "cn"));
        refused("search-dn and its password", () -> new LdapSettings.Searcher("cn=a", Secret.of("")));
        refused("search-dn and its password", () -> new LdapSettings.Searcher("", Secret.of("a")));
        refused("need at least one LDAP server", () -> LdapSettings.of(List.of(), LOGIN));
        refused("StartTLS is for ldap://", () -> LdapSettings.of(List.of(PLAIN, TLS), LOGIN)
                .withStartTls());
    }

    @Test
    void doNotTellThePassword() {
        LdapSettings.Searcher searcher = new LdapSettings.Searcher("cn=a", Secret.of("topsecret"));

        assertThat(LdapSettings.of(
                        List.of(PLAIN), new LdapSettings.SearchThenBind("dc=a", "(uid={user})", Optional.of(searcher))))
                .asString()
                .contains("cn=a")
                .doesNotContain("topsecret");
    }

    @Test
    void requireWhatIsWritten() {
        assertThat(LdapSettings.Required.parse("SUSEFlag = TRUE"))
                .contains(new LdapSettings.Required("SUSEFlag", "TRUE"));
        assertThat(LdapSettings.Required.parse("a=b=c")).contains(new LdapSettings.Required("a", "b=c"));
        assertThat(List.of("", "a", "=b", "a="))
                .allMatch(text -> LdapSettings.Required.parse(text).isEmpty());
    }

    private static void requireDirect(String dn) {
        assertThat(new LdapSettings.DirectBind(dn)).isNull();
    }

    private static void refused(String reason, ThrowingCallable settings) {
        assertThatThrownBy(settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
