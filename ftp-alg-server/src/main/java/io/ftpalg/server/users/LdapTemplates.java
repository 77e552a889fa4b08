package io.ftpalg.server.users;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts names into DNs and filters so that they stay names, whatever they hold (RFC 4514, RFC 4515). Stateless. */
final class LdapTemplates {
    /** The place of the client's name. */
    static final String USER = "{user}";
    /** The place of the DN of the client's entry. */
    static final String DN = "{dn}";

    private static final Pattern PLACE = Pattern.compile("\\{(?:user|dn)}");

    private LdapTemplates() {}

    /** Returns the DN for this name. */
    static String dn(String template, String user) {
        String rdn = new RDN("cn", user).toString();
        return template.replace(USER, rdn.substring(rdn.indexOf('=') + 1));
    }

    /** Returns the filter for this name and the DN of its entry; what one of them holds is no place for the other. */
    static String filter(String template, String user, String dn) {
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(
                        Filter.encodeValue(place.group().equals(USER) ? user : dn)));
    }
}
