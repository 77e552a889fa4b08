package io.ftpalg.server;

import io.ftpalg.policy.ProxyUsers;
import io.ftpalg.server.users.HtpasswdUsers;
import io.ftpalg.server.users.LdapSettings;
import io.ftpalg.server.users.LdapUsers;
import io.ftpalg.server.users.UserSources;
import io.ftpalg.server.users.UsersException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the gateway's own users are; the file is asked first.
 *
 * @param file their names and passwords
 * @param groups their groups
 * @param ldap a directory
 */
record UserSettings(Optional<Path> file, Optional<Path> groups, Optional<LdapSettings> ldap) {

    /** Who knows the users, and what is to be closed when they are asked for no more. */
    record Known(ProxyUsers users, List<AutoCloseable> owned) {
    }

    /** Reads the file; a directory is asked only when somebody logs in. */
    Known open() throws UsersException {
        List<ProxyUsers> sources = new ArrayList<>();
        List<AutoCloseable> owned = new ArrayList<>();
        if (file.isPresent()) {
            HtpasswdUsers users = HtpasswdUsers.of(file.get(), groups);
            sources.add(users);
            owned.add(users);
        }
        if (ldap.isPresent()) {
            LdapUsers users = LdapUsers.of(ldap.get());
            sources.add(users);
            owned.add(users);
        }
        return new Known(sources.size() == 1 ? sources.get(0) : new UserSources(sources), owned);
    }
}
