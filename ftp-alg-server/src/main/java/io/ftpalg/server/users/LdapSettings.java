package io.ftpalg.server.users;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import io.ftpalg.protocol.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where users are in a directory, and how they are found. Immutable.
 *
 * @param servers in the order in which they are tried
 * @param startTls whether StartTLS comes first at a server without TLS from the start
 * @param caFile CA bundle in PEM for the servers; the JDK's CAs if absent
 * @param login how a name becomes an entry
 * @param nameAttribute attribute of the user's name, as groups and routes have it: directories ignore case
 *     and blanks. Where the entry does not have it, the name is as the client wrote it
 * @param groups where a user's groups are
 * @param required what an entry must have, if anything, for its user to be let in
 */
public record LdapSettings(
        List<LdapServer> servers,
        boolean startTls,
        Optional<Path> caFile,
        Login login,
        String nameAttribute,
        Groups groups,
        Optional<Required> required) {

    /** How a name becomes an entry. */
    public sealed interface Login {}

    /**
     * The name is part of the entry's DN, as which the client logs in at once.
     *
     * @param dn the DN with {@code {user}}, such as {@code uid={user},ou=people,dc=example,dc=com}
     */
    public record DirectBind(String dn) implements Login {
        public DirectBind {
            requireTemplate(dn, LdapTemplates.USER);
            requireDn(LdapTemplates.dn(dn, "name"));
        }
    }

    /**
     * The entry is searched, and then the client logs in as it.
     *
     * @param base the DN below which entries are
     * @param filter what finds one, with {@code {user}}, such as {@code (uid={user})}
     * @param searcher who searches; anonymous if absent
     */
    public record SearchThenBind(String base, String filter, Optional<Searcher> searcher) implements Login {
        public SearchThenBind {
            requireDn(base);
            requireTemplate(filter, LdapTemplates.USER);
            requireFilter(filter);
        }
    }

    /**
     * Who searches.
     *
     * @param dn its DN
     * @param password its password, where UTF-8 is meant each char for a character
     */
    public record Searcher(String dn, Secret password) {
        public Searcher {
            requireDn(dn);
            if (dn.isBlank() || password.reveal().isEmpty()) {
                throw new IllegalArgumentException("search-dn and its password are given together, or neither");
            }
        }
    }

    /**
     * Where a user's groups are.
     *
     * @param attribute the attribute of the user's entry that names them, if one does; of a DN its first value counts
     * @param search the entries of groups, if they are to be searched
     */
    public record Groups(Optional<String> attribute, Optional<GroupSearch> search) {
        /** Those of {@code memberOf}. */
        public static final Groups MEMBER_OF = new Groups(Optional.of("memberOf"), Optional.empty());
    }

    /**
     * How groups are searched.
     *
     * @param base the DN below which they are
     * @param filter what finds those of a user, with {@code {dn}} or {@code {user}}, such as {@code (member={dn})}
     * @param nameAttribute what of the group is its name, {@code cn} by custom
     */
    public record GroupSearch(String base, String filter, String nameAttribute) {
        public GroupSearch {
            requireDn(base);
            if (!filter.contains(LdapTemplates.DN)) {
                requireTemplate(filter, LdapTemplates.USER);
            }
            requireFilter(filter);
        }
    }

    /**
     * What an entry must have.
     *
     * @param attribute its attribute
     * @param value one of the attribute's values
     */
    public record Required(String attribute, String value) {

        /** Returns the parts of {@code attribute=value}, or nothing. */
        public static Optional<Required> parse(String text) {
            int sign = text.indexOf('=');
            return sign < 1 || sign == text.length() - 1
                    ? Optional.empty()
                    : Optional.of(new Required(
                            text.substring(0, sign).strip(),
                            text.substring(sign + 1).strip()));
        }
    }

    public LdapSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("users of a directory need at least one LDAP server");
        }
        if (startTls && servers.stream().anyMatch(LdapServer::tls)) {
            throw new IllegalArgumentException("StartTLS is for ldap://, and ldaps:// has TLS already");
        }
    }

    /** Returns settings with these servers and this login, all else by default: names are {@code uid}. */
    public static LdapSettings of(List<LdapServer> servers, Login login) {
        return new LdapSettings(servers, false, Optional.empty(), login, "uid", Groups.MEMBER_OF, Optional.empty());
    }

    /** Returns the same with StartTLS. */
    public LdapSettings withStartTls() {
        return new LdapSettings(servers, true, caFile, login, nameAttribute, groups, required);
    }

    /** Returns the same with these CAs. */
    public LdapSettings withCaFile(Path file) {
        return new LdapSettings(servers, startTls, Optional.of(file), login, nameAttribute, groups, required);
    }

    /** Returns the same with this attribute for the name. */
    public LdapSettings withNameAttribute(String attribute) {
        return new LdapSettings(servers, startTls, caFile, login, attribute, groups, required);
    }

    /** Returns the same with groups from there. */
    public LdapSettings withGroups(Groups where) {
        return new LdapSettings(servers, startTls, caFile, login, nameAttribute, where, required);
    }

    /** Returns the same where entries must have this. */
    public LdapSettings withRequired(Required must) {
        return new LdapSettings(servers, startTls, caFile, login, nameAttribute, groups, Optional.of(must));
    }

    private static void requireTemplate(String template, String place) {
        if (!template.contains(place)) {
            throw new IllegalArgumentException("'" + template + "' has no " + place);
        }
    }

    private static void requireDn(String dn) {
        if (!DN.isValidDN(dn)) {
            throw new IllegalArgumentException("'" + dn + "' is not a DN, such as dc=example,dc=com");
        }
    }

    private static void requireFilter(String template) {
        try {
            Filter.create(LdapTemplates.filter(template, "name", "cn=name"));
        } catch (LDAPException e) {
            throw new IllegalArgumentException("'" + template + "' is not an LDAP filter, such as (uid={user})", e);
        }
    }
}
