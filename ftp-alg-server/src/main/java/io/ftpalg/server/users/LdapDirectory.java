package io.ftpalg.server.users;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.matchingrules.CaseIgnoreStringMatchingRule;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import io.ftpalg.policy.login.ProxyUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is asked of a directory on one of its connections: for an entry, its groups, and whether a password is its own.
 * Stateless; blocks, on the threads that check passwords.
 *
 * @param settings where users are
 */
record LdapDirectory(LdapSettings settings) {
    private static final Logger logger = LoggerFactory.getLogger(LdapDirectory.class);
    private static final int RESPONSE_SECONDS = 5;
    private static final int MOST_GROUPS = 1000;
    /** A password is wrong, there is no entry of that name, the entry has no password, or may not log in now. */
    private static final Set<ResultCode> REFUSED = Set.of(
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.NO_SUCH_OBJECT,
            ResultCode.INAPPROPRIATE_AUTHENTICATION,
            ResultCode.CONSTRAINT_VIOLATION,
            ResultCode.UNWILLING_TO_PERFORM);

    /** Returns whether this is the password of the entry of this DN; the connection is that entry's then. */
    boolean bind(LDAPConnection connection, String dn, byte[] password) throws LDAPException {
        try {
            connection.bind(new SimpleBindRequest(dn, password));
            return true;
        } catch (LDAPException e) {
            if (REFUSED.contains(e.getResultCode())) {
                return false;
            }
            throw e;
        }
    }

    /** Searches the one entry of this name; several are an error, since the password could be that of any. */
    Optional<Entry> find(LDAPConnection connection, LdapSettings.SearchThenBind how, String name) throws LDAPException {
        SearchRequest request = new SearchRequest(
                how.base(), SearchScope.SUB, LdapTemplates.filter(how.filter(), name, ""), attributes());
        request.setSizeLimit(2);
        request.setTimeLimitSeconds(RESPONSE_SECONDS);
        List<SearchResultEntry> found;
        try {
            found = connection.search(request).getSearchEntries();
        } catch (LDAPSearchException e) {
            if (!e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                throw e;
            }
            found = e.getSearchEntries();
        }
        if (found.size() > 1) {
            logger.warn(
                    "login refused: several entries for one name, such as {} and {}",
                    found.get(0).getDN(),
                    found.get(1).getDN());
        }
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Reads the entry of this DN, which may not be there or not be shown. */
    Optional<Entry> read(LDAPConnection connection, String dn) throws LDAPException {
        return Optional.ofNullable(connection.getEntry(dn, attributes()));
    }

    /** Returns the user of this entry, unless it lacks what is required. */
    Optional<ProxyUser> user(LDAPConnection connection, Entry entry, String name) throws LDAPException {
        boolean admitted =
                settings.required().stream().allMatch(must -> entry.hasAttributeValue(must.attribute(), must.value()));
        return admitted
                ? Optional.of(new ProxyUser(
                        ClientText.said(spelled(entry, name)),
                        groups(connection, entry, name).stream()
                                .map(ClientText::said)
                                .collect(Collectors.toSet())))
                : Optional.empty();
    }

    private String[] attributes() {
        List<String> wanted = new ArrayList<>(List.of(settings.nameAttribute()));
        settings.groups().attribute().ifPresent(wanted::add);
        settings.required().ifPresent(must -> wanted.add(must.attribute()));
        return wanted.toArray(String[]::new);
    }

    private String spelled(Entry entry, String name) {
        return values(entry, settings.nameAttribute())
                .filter(value -> isSame(value, name))
                .findFirst()
                .orElse(name);
    }

    private static boolean isSame(String value, String name) {
        return CaseIgnoreStringMatchingRule.getInstance()
                .valuesMatch(new ASN1OctetString(value), new ASN1OctetString(name));
    }

    private Set<String> groups(LDAPConnection connection, Entry entry, String name) throws LDAPException {
        Set<String> groups = new TreeSet<>();
        settings.groups().attribute().stream()
                .flatMap(attribute -> values(entry, attribute))
                .map(LdapDirectory::group)
                .forEach(groups::add);
        if (settings.groups().search().isPresent()) {
            LdapSettings.GroupSearch search = settings.groups().search().get();
            SearchRequest request = new SearchRequest(
                    search.base(),
                    SearchScope.SUB,
                    LdapTemplates.filter(search.filter(), name, entry.getDN()),
                    search.nameAttribute());
            request.setSizeLimit(MOST_GROUPS);
            request.setTimeLimitSeconds(RESPONSE_SECONDS);
            connection.search(request).getSearchEntries().stream()
                    .flatMap(group -> values(group, search.nameAttribute()))
                    .forEach(groups::add);
        }
        return groups;
    }

    private static Stream<String> values(Entry entry, String attribute) {
        String[] values = entry.getAttributeValues(attribute);
        return values == null ? Stream.empty() : Stream.of(values);
    }

    /** Returns the name in {@code cn=name,ou=groups}, or the value itself if it is no DN. */
    private static String group(String value) {
        try {
            RDN first = new DN(value).getRDN();
            return first == null ? value : first.getAttributeValues()[0];
        } catch (LDAPException e) {
            return value;
        }
    }
}
