package io.ftpalg.server.users;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.login.ProxyUsers;
import io.ftpalg.protocol.Secret;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Users from a directory, where their passwords are checked. Owned by its creator, who closes it; one serves all event
 * loops, and asks on a few threads of its own.
 *
 * <p>The directory need not be there when the gateway starts: it is asked with each login, which fails while no server
 * answers. An empty password is refused without asking, because a directory treats it as an anonymous login and accepts it
 * (RFC 4513 section 5.1.2). For a name without entry a login is tried all the same, so that the reply takes as long as for another;
 * how long a server takes with it is its own.
 */
public final class LdapUsers implements ProxyUsers, AutoCloseable {
    /** They wait more than they work. */
    private static final int THREADS = 4;

    private static final String NOBODY = "cn=no such user";

    private final LdapSettings settings;
    private final LdapServers servers;
    private final LdapDirectory directory;
    private final Optional<LDAPConnectionPool> pool;
    private final CheckThreads threads = new CheckThreads("ldap", THREADS);

    private LdapUsers(LdapSettings settings, LdapServers servers, Optional<LDAPConnectionPool> pool) {
        this.settings = settings;
        this.servers = servers;
        this.directory = new LdapDirectory(settings);
        this.pool = pool;
    }

    /**
     * Makes one that is not connected yet; reads the CA file, which blocks.
     *
     * @throws UsersException if the CA file cannot be used; the message has the reason
     */
    public static LdapUsers of(LdapSettings settings) throws UsersException {
        LdapServers servers = new LdapServers(settings);
        Optional<LDAPConnectionPool> pool = settings.login() instanceof LdapSettings.SearchThenBind search
                ? Optional.of(servers.pool(search.searcher(), THREADS))
                : Optional.empty();
        return new LdapUsers(settings, servers, pool);
    }

    @Override
    public CompletionStage<Optional<ProxyUser>> authenticate(String name, Secret password, InetSocketAddress client) {
        return threads.submit(() -> authenticate(ClientText.meant(name), ClientText.bytes(password)));
    }

    private Optional<ProxyUser> authenticate(String name, byte[] password) throws UsersException {
        if (name.isBlank() || password.length == 0) {
            return Optional.empty();
        }
        try {
            return settings.login() instanceof LdapSettings.SearchThenBind search
                    ? searchThenBind(search, pool.orElseThrow(), name, password)
                    : directBind((LdapSettings.DirectBind) settings.login(), name, password);
        } catch (LDAPException e) {
            throw servers.failure(e);
        }
    }

    private Optional<ProxyUser> directBind(LdapSettings.DirectBind how, String name, byte[] password)
            throws LDAPException {
        String dn = LdapTemplates.dn(how.dn(), name);
        try (LDAPConnection connection = servers.connect()) {
            if (!directory.bind(connection, dn, password)) {
                return Optional.empty();
            }
            Entry entry = directory.read(connection, dn).orElseGet(() -> new Entry(dn));
            return directory.user(connection, entry, name);
        }
    }

    private Optional<ProxyUser> searchThenBind(
            LdapSettings.SearchThenBind how, LDAPConnectionPool from, String name, byte[] password)
            throws LDAPException {
        LDAPConnection connection = from.getConnection();
        boolean done = false;
        try {
            Optional<Entry> entry;
            try {
                entry = directory.find(connection, how, name);
            } catch (LDAPException e) {
                if (e.getResultCode().isConnectionUsable()) {
                    throw e;
                }
                // The server ended a connection that was idle for long.
                connection = from.replaceDefunctConnection(connection);
                entry = directory.find(connection, how, name);
            }
            // Before the connection is no longer the searcher's, who may read more than the user.
            Optional<ProxyUser> user =
                    entry.isPresent() ? directory.user(connection, entry.get(), name) : Optional.empty();
            String dn = entry.map(Entry::getDN).orElse(NOBODY + (how.base().isBlank() ? "" : "," + how.base()));
            boolean right = directory.bind(connection, dn, password);
            done = true;
            return right ? user : Optional.empty();
        } finally {
            if (done) {
                from.releaseAndReAuthenticateConnection(connection);
            } else {
                from.discardConnection(connection);
            }
        }
    }

    @Override
    public void close() {
        threads.close();
        pool.ifPresent(LDAPConnectionPool::close);
    }
}
