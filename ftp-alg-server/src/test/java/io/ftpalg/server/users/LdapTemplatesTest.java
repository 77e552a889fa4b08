package io.ftpalg.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LdapTemplatesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "*",
                "a)(uid=*",
                "a*b",
                "a\\2ab",
                "x,ou=admins",
                "x+uid=y",
                " lead",
                "trail ",
                "#hash",
                "a\"b;<>",
                "{user}",
                "{dn}",
                "j\u00f6rg",
                "$1",
                "a=b",
                "\u0000"
            })
    void aNameStaysAName(String name) throws Exception {
        DN dn = new DN(LdapTemplates.dn("uid={user},ou=people,dc=example", name));
        assertThat(dn.getRDNs()).hasSize(3);
        assertThat(dn.getRDN().getAttributeValues()).containsExactly(name);

        Filter filter = Filter.create(LdapTemplates.filter("(&(objectClass=person)(uid={user}))", name, "cn=x"));
        assertThat(filter.getComponents()).hasSize(2);
        assertThat(filter.getComponents()[1].getFilterType()).isEqualTo(Filter.FILTER_TYPE_EQUALITY);
        assertThat(filter.getComponents()[1].getAssertionValue()).isEqualTo(name);
    }

    @Test
    void aDnStaysADn() throws Exception {
        Filter filter =
                Filter.create(LdapTemplates.filter("(|(member={dn})(memberUid={user}))", "{dn}", "cn=a*(b),dc={user}"));

        assertThat(filter.getComponents()[0].getAssertionValue()).isEqualTo("cn=a*(b),dc={user}");
        assertThat(filter.getComponents()[1].getAssertionValue()).isEqualTo("{dn}");
    }
}
