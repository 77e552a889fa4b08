package io.ftpalg.server.users;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldap.sdk.schema.Schema;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.login.ProxyUsers;
import io.ftpalg.protocol.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A directory in this JVM with a few people and groups, which shows itself only to those who logged in. */
final class Directory implements AutoCloseable {
    static final String BASE = "dc=example,dc=com";
    static final LdapSettings.Searcher SEARCHER =
            new LdapSettings.Searcher("cn=searcher,dc=example,dc=com", Secret.of("searching"));
    static final LdapSettings.SearchThenBind SEARCH =
            new LdapSettings.SearchThenBind(BASE, "(uid={user})", Optional.of(SEARCHER));
    static final LdapSettings.DirectBind DIRECT = new LdapSettings.DirectBind("uid={user},ou=people,dc=example,dc=com");

    private final InMemoryDirectoryServer server;
    private final boolean tls;
    private final List<String> binds;

    private Directory(InMemoryDirectoryServer server, boolean tls, List<String> binds) {
        this.binds = binds;
        this.server = server;
        this.tls = tls;
    }

    /** Starts one where TLS is not known. */
    static Directory plain() throws Exception {
        return start(InMemoryListenerConfig.createLDAPConfig("a", InetAddress.getByName("127.0.0.1"), 0, null), false);
    }

    /** Starts one where TLS begins with the connection. */
    static Directory tls(SSLContext context) throws Exception {
        return start(
                InMemoryListenerConfig.createLDAPSConfig(
                        "a", InetAddress.getByName("127.0.0.1"), 0, context.getServerSocketFactory(), null),
                true);
    }

    /** Starts one where TLS may be begun. */
    static Directory startTls(SSLContext context) throws Exception {
        return start(
                InMemoryListenerConfig.createLDAPConfig(
                        "a", InetAddress.getByName("127.0.0.1"), 0, context.getSocketFactory()),
                false);
    }

    private static Directory start(InMemoryListenerConfig listener, boolean tls) throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.setListenerConfigs(listener);
        config.setSchema(none());
        List<String> binds = new CopyOnWriteArrayList<>();
        config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {
            @Override
            public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) {
                binds.add(request.getRequest().getBindDN());
            }
        });
        config.addAdditionalBindCredentials(SEARCHER.dn(), SEARCHER.password().reveal());
        config.setAuthenticationRequiredOperationTypes(Set.of(OperationType.SEARCH));
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        server.add("dn: " + BASE, "objectClass: domain", "dc: example");
        server.add("dn: ou=people," + BASE, "objectClass: organizationalUnit", "ou: people");
        server.add("dn: ou=groups," + BASE, "objectClass: organizationalUnit", "ou: groups");
        person(server, "alice", "memberOf: cn=staff,ou=groups," + BASE, "memberOf: admins", "flag: TRUE");
        person(server, "bob", "flag: FALSE");
        person(server, "j\u00f6rg");
        server.add("dn: uid=twin,ou=groups," + BASE, "objectClass: person", "uid: twin", "userPassword: secret");
        person(server, "twin");
        server.add(
                "dn: cn=pilots,ou=groups," + BASE,
                "objectClass: groupOfNames",
                "cn: pilots",
                "member: uid=alice,ou=people," + BASE);
        server.add("dn: cn=sailors,ou=groups," + BASE, "objectClass: posixGroup", "cn: sailors", "memberUid: bob");
        server.startListening();
        return new Directory(server, tls, binds);
    }

    @SuppressWarnings("NullAway")
    private static @Nullable Schema none() {
        return null;
    }

    private static void person(InMemoryDirectoryServer server, String name, String... more) throws Exception {
        String[] lines = new String[more.length + 5];
        System.arraycopy(
                new String[] {
                    "dn: uid=" + name + ",ou=people," + BASE,
                    "objectClass: person",
                    "uid: " + name,
                    "cn: " + name,
                    "userPassword: secret"
                },
                0,
                lines,
                0,
                5);
        System.arraycopy(more, 0, lines, 5, more.length);
        server.add(lines);
    }

    LdapServer at(String host) {
        return LdapServer.parse((tls ? "ldaps://" : "ldap://") + host + ':' + server.getListenPort())
                .orElseThrow();
    }

    LdapServer at() {
        return at("127.0.0.1");
    }

    InMemoryDirectoryServer server() {
        return server;
    }

    /** Returns who tried to log in, the searcher as well. */
    List<String> binds() {
        return binds;
    }

    static Optional<ProxyUser> ask(ProxyUsers users, String name, String password) throws Exception {
        return users.authenticate(name, Secret.of(password), new InetSocketAddress("192.0.2.1", 40_000))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
