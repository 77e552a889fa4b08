package io.ftpalg.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.RouterContext;
import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.policy.route.TunnelProxy.Protocol;
import io.ftpalg.policy.route.Via;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.Secret;
import io.ftpalg.routing.Balance;
import io.ftpalg.routing.PoolServer;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.server.TestSettings;
import io.ftpalg.server.runtime.RouterMaker;
import io.ftpalg.server.runtime.SettingsException;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.settings.RouteChoice;
import io.ftpalg.server.settings.RouteSettings;
import io.ftpalg.server.settings.TextSettings;
import io.ftpalg.server.settings.Upstream;
import io.ftpalg.server.users.LdapSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What only a file says, right and wrong: ListenerReader, RouteReader, LoginReader, FileSection, GatewayMaker. */
class FileConfigTest {
    private static final String LISTENER = "listeners:\n  - bind: 127.0.0.1:0\n";
    private static final String GOOD = LISTENER + "    upstream: a\n";

    private static final NameResolver NO_NAMES = host -> CompletableFuture.failedStage(new AssertionError(host));

    @TempDir
    private Path temp = Path.of(".");

    // ---- routes

    @Test
    void routesSayForWhomAndWhereTo() throws Exception {
        Files.writeString(temp.resolve("secret"), "s3cr3t\nsecond line\n");
        Files.writeString(temp.resolve("users"), "");

        ListenerSettings settings = load(LISTENER + """
                    routes:
                      - users: ["adm*", root]
                        groups: staff
                        hosts: "*.example.com"
                        clients: [10.0.0.0/8, "::1"]
                        upstream: [a:2121, "ftps://b", "ftpes://_ftp._tcp.example.com"]
                        balance: least-sessions
                        health: {check: greeting, interval: 1s, timeout: 2s, failures: 4, ejection: 1m, slow-return: 5s}
                        send-user: service
                        send-password-file: secret
                        server-mode: epsv
                        source-address: 127.0.0.9
                        source-ports: 4000-4999
                        passive-ports: 5000-5999
                        active-source-port: 20
                        dscp: 46
                        mark: 4294967295
                        idle-timeout: 7s
                      - forward: {allow: "*.example.org"}
                    login: {users-file: users}
                """);

        RouteSettings first = settings.routing().routes().get(0);
        assertThat(first.match().users()).containsExactly("adm*", "root");
        assertThat(first.match().groups()).containsExactly("staff");
        assertThat(first.match().hosts()).containsExactly("*.example.com");
        assertThat(first.match().clients()).containsExactly(network("10.0.0.0/8"), network("::1"));
        RouteChoice.Reverse choice = (RouteChoice.Reverse) first.choice();
        assertThat(choice.servers())
                .extracting(Upstream::name)
                .containsExactly("a:2121", "b:990", "_ftp._tcp.example.com");
        assertThat(choice.balance()).isEqualTo(Balance.LEAST_SESSIONS);
        assertThat(choice.health().check()).contains(RouterContext.Probe.GREETING);
        assertThat(choice.health().failures()).isEqualTo(4);
        assertThat(choice.health().slowReturn()).isEqualTo(Duration.ofSeconds(5));
        assertThat(first.options().user()).contains("service");
        assertThat(first.options().password()).contains(Secret.of("s3cr3t"));
        assertThat(first.options().dataMode()).isEqualTo(ServerDataMode.EPSV);
        assertThat(first.options().idleTimeout()).contains(Duration.ofSeconds(7));
        assertThat(first.options().sockets().sourcePorts()).contains(new PortRange(4000, 4999));
        assertThat(first.options().sockets().mark()).contains(4294967295L);
        assertThat(settings.routing().routes().get(1).choice())
                .isEqualTo(new RouteChoice.Forward(
                        List.of(TargetRule.parse("*.example.org").orElseThrow())));
        assertThat(settings.routing().otherwise()).isEqualTo(new RouteChoice.Nowhere());
        assertThat(settings.toString()).doesNotContain("s3cr3t");
    }

    /** There a char is a byte, and clients send UTF-8. */
    @Test
    void routesHaveNamesAsTheyAreOnTheControlConnection() throws Exception {
        Files.writeString(temp.resolve("users"), "");

        RouteSettings route = load(LISTENER + """
                    routes:
                      - {users: "jos\u00e9", groups: "gr\u00f6\u00dfe", send-user: "\u0436\u0443\u043a", upstream: a}
                    login: {users-file: users}
                """).routing().routes().get(0);

        assertThat(route.match().users()).containsExactly("jos\u00c3\u00a9");
        assertThat(route.match().groups()).containsExactly("gr\u00c3\u00b6\u00c3\u009fe");
        assertThat(route.options().user()).contains("\u00d0\u00b6\u00d1\u0083\u00d0\u00ba");
    }

    /** What a listener says of servers counts for its routes, too. */
    @Test
    void routesInheritWhatTheyDoNotSay() throws Exception {
        ListenerSettings settings = load(GOOD + """
                    server-mode: passive
                    source-address: 127.0.0.9
                    routes:
                      - {users: a, upstream: 127.0.0.1}
                      - {users: b, upstream: 127.0.0.1, server-mode: client, source-address: 127.0.0.8}
                """);
        Router router = new RouterMaker().router(settings);
        RouteRequest anybody =
                RouteRequest.of(new InetSocketAddress("127.0.0.1", 1), new InetSocketAddress("127.0.0.1", 2));

        Route first = router.route(anybody.withUser(Optional.of("a")), NO_NAMES)
                .toCompletableFuture()
                .join();
        Route second = router.route(anybody.withUser(Optional.of("b")), NO_NAMES)
                .toCompletableFuture()
                .join();

        assertThat(first.dataMode()).isEqualTo(ServerDataMode.PASSIVE);
        assertThat(first.sockets().sourceAddress()).contains(InetAddress.getByName("127.0.0.9"));
        assertThat(second.dataMode()).isEqualTo(ServerDataMode.CLIENT);
        assertThat(second.sockets().sourceAddress()).contains(InetAddress.getByName("127.0.0.8"));
    }

    @Test
    void aListenerAndItsRoutesHaveProxies() throws Exception {
        Files.writeString(temp.resolve("secret"), "s3cr3t\n");
        ListenerSettings settings = load(GOOD + """
                    via: {url: "socks5://10.0.0.1", user: joe, password-file: secret}
                    routes:
                      - {users: a, upstream: b}
                      - {users: b, upstream: b, via: [{url: "socks4a://p:9", user: ann}, {url: "HTTP://[::1]/"}]}
                      - {users: c, upstream: "[::2]:2121"}
                """);

        Route own = route(settings, "x");

        Via near = new Via(List.of(new TunnelProxy(
                Protocol.SOCKS5,
                new HostPort("10.0.0.1", 1080),
                Optional.of("joe"),
                Optional.of(Secret.of("s3cr3t")))));
        assertThat(own.servers()).extracting(RouteServer::via).containsExactly(near);
        assertThat(own.servers().get(0).addresses()).containsExactly(InetSocketAddress.createUnresolved("a", 21));
        assertThat(route(settings, "a").servers()).extracting(RouteServer::via).containsExactly(near);
        assertThat(route(settings, "b").servers())
                .extracting(RouteServer::via)
                .containsExactly(new Via(List.of(
                        new TunnelProxy(Protocol.SOCKS4A, new HostPort("p", 9), Optional.of("ann"), Optional.empty()),
                        TunnelProxy.of(Protocol.HTTP, new HostPort("::1", 8080)))));
        assertThat(route(settings, "c").servers().get(0).addresses())
                .containsExactly(new InetSocketAddress("::2", 2121));
    }

    @Test
    void aListenerAndItsRoutesNameTheClientToServers() throws Exception {
        ListenerSettings settings = load(GOOD + """
                    send-proxy: v1
                    routes:
                      - {users: a, upstream: "127.0.0.1"}
                      - {users: b, upstream: "127.0.0.1", send-proxy: {version: v2, data: true, tlvs: [authority, unique-id]}}
                      - {users: c, forward: {allow: 127.0.0.0/8}}
                """);

        assertThat(settings.routing().sendProxy()).contains(SendProxy.of(SendProxy.Version.V1));
        assertThat(route(settings, "a").sendProxy()).contains(SendProxy.of(SendProxy.Version.V1));
        assertThat(route(settings, "b").sendProxy())
                .contains(new SendProxy(
                        SendProxy.Version.V2, true, Set.of(SendProxy.Tlv.AUTHORITY, SendProxy.Tlv.UNIQUE_ID)));
        assertThat(settings.routing().routes().get(2).options().sendProxy())
                .contains(SendProxy.of(SendProxy.Version.V1));
    }

    @Test
    void aListenerNamesNoClientByDefault() throws Exception {
        assertThat(load(GOOD).routing().sendProxy()).isEmpty();
    }

    private static Route route(ListenerSettings settings, String user) {
        return new RouterMaker()
                .router(settings)
                .route(
                        RouteRequest.of(new InetSocketAddress("127.0.0.1", 1), new InetSocketAddress("127.0.0.1", 2))
                                .withUser(Optional.of(user)),
                        NO_NAMES)
                .toCompletableFuture()
                .join();
    }

    @Test
    void eachServerIsProtectedAsItsNameSays() throws Exception {
        ListenerSettings settings = load(
                LISTENER
                        + "    upstream: [a, 'ftpes://b', 'ftps://c', 'ftp://d']\n    upstream-tls: {data: clear, insecure: true}\n");

        List<PoolServer> servers = ((RouteChoice.Reverse) settings.routing().otherwise())
                .servers().stream()
                        .map(server -> server.inPool(settings.serverTls().towards(server.scheme())))
                        .toList();

        assertThat(servers)
                .extracting(server -> server.tls().mode())
                .containsExactly(
                        ServerTls.Mode.OFF, ServerTls.Mode.REQUIRED, ServerTls.Mode.REQUIRED, ServerTls.Mode.OFF);
        assertThat(servers).extracting(server -> server.tls().implicit()).containsExactly(false, false, true, false);
        assertThat(servers.get(1).tls().data()).isEqualTo(ServerTls.Data.CLEAR);
    }

    // ---- logins

    @Test
    void loginsAreAsTheFileSays() throws Exception {
        ListenerSettings settings = load(GOOD + """
                    login:
                      dialects: [site, "user@proxyuser"]
                      separator: "%"
                      proxy-user-first: true
                      anonymous-only: true
                      anonymous-password: ftp@example.com
                """);

        assertThat(settings.login().policy())
                .isEqualTo(new LoginPolicy(
                        Set.of(LoginDialect.SITE, LoginDialect.USER_AT_PROXY_USER),
                        '%',
                        true,
                        true,
                        Optional.empty(),
                        Secret.of("ftp@example.com")));
        assertThat(settings.login().users()).isEmpty();
    }

    @Test
    void directoriesAreAsTheFileSays() throws Exception {
        Files.writeString(temp.resolve("ca.pem"), "");
        Files.writeString(temp.resolve("secret"), "s3cr3t\n");

        LdapSettings search =
                load(GOOD + """
                    login:
                      ldap:
                        servers: ["ldap://a", "ldap://b:1389"]
                        start-tls: true
                        ca: ca.pem
                        search-base: dc=example,dc=com
                        search-filter: (mail={user})
                        search-dn: cn=reader,dc=example,dc=com
                        search-password-file: secret
                        name-attribute: mail
                        require: active=yes
                        group-attribute: groups
                        group-base: ou=groups,dc=example,dc=com
                        group-filter: (memberUid={user})
                """).login().users().orElseThrow().ldap().orElseThrow();
        LdapSettings bind = load(GOOD + "    login: {ldap: {servers: 'ldaps://a', bind-dn: 'uid={user},dc=example'}}\n")
                .login()
                .users()
                .orElseThrow()
                .ldap()
                .orElseThrow();

        assertThat(search.servers()).hasToString("[ldap://a:389, ldap://b:1389]");
        assertThat(search.startTls()).isTrue();
        assertThat(search.caFile()).contains(temp.toAbsolutePath().resolve("ca.pem"));
        assertThat(search.login())
                .isEqualTo(new LdapSettings.SearchThenBind(
                        "dc=example,dc=com",
                        "(mail={user})",
                        Optional.of(new LdapSettings.Searcher("cn=reader,dc=example,dc=com", Secret.of("s3cr3t")))));
        assertThat(search.nameAttribute()).isEqualTo("mail");
        assertThat(search.required()).contains(new LdapSettings.Required("active", "yes"));
        assertThat(search.groups())
                .isEqualTo(new LdapSettings.Groups(
                        Optional.of("groups"),
                        Optional.of(new LdapSettings.GroupSearch(
                                "ou=groups,dc=example,dc=com", "(memberUid={user})", "cn"))));
        assertThat(search.toString()).doesNotContain("s3cr3t");
        assertThat(bind.login()).isEqualTo(new LdapSettings.DirectBind("uid={user},dc=example"));
    }

    // ---- the rest of a listener

    @Test
    void gatesTextsAndSocketsAreAsTheFileSays() throws Exception {
        Files.writeString(temp.resolve("hello"), "hi");
        Files.writeString(temp.resolve("full"), "full");

        ProgramSettings program = program("name-servers: [127.0.0.1, '127.0.0.2:5353']\n" + GOOD + """
                    clients: {allow: 127.0.0.0/8, deny: [127.0.0.9]}
                    greeting-file: hello
                    limit-message-file: full
                    maintenance-file: closed
                    source-ports: 4000-4999
                    dscp: 0
                    mark: 7
                    health: {check: tcp}
                """);
        ListenerSettings listener = program.listeners().get(0);

        assertThat(listener.access().allow()).containsExactly(network("127.0.0.0/8"));
        assertThat(listener.access().deny()).containsExactly(network("127.0.0.9"));
        assertThat(listener.texts()).isEqualTo(new TextSettings(Optional.of(path("hello")), Optional.of(path("full"))));
        assertThat(listener.access().maintenance()).contains(path("closed"));
        assertThat(listener.data().sockets().sourcePorts()).contains(new PortRange(4000, 4999));
        assertThat(listener.data().sockets().dscp()).contains(0);
        assertThat(listener.data().sockets().mark()).contains(7L);
        assertThat(((RouteChoice.Reverse) listener.routing().otherwise())
                        .health()
                        .check())
                .contains(RouterContext.Probe.TCP);
        assertThat(program.nameServers())
                .containsExactly(new InetSocketAddress("127.0.0.1", 53), new InetSocketAddress("127.0.0.2", 5353));
    }

    @Test
    void theGatewayIsMadeOfAllThat() throws Exception {
        Files.writeString(temp.resolve("hello"), "hi");
        Files.writeString(temp.resolve("users"), "# nobody yet\n");

        TestSettings.gateway(program(GOOD
                        + "    greeting-file: hello\n    maintenance-file: closed\n    clients: {deny: 10.0.0.0/8}\n"
                        + "    login: {users-file: users}\n"))
                .close();
    }

    @Test
    void aFileOfUsersThatCannotBeUsedIsToldWithItsLine() throws Exception {
        Files.writeString(temp.resolve("users"), "joe:$apr1$x$y\n");
        ProgramSettings settings = program(GOOD + "    login: {users-file: users}\n");

        assertThat(catchThrowableOfType(SettingsException.class, () -> TestSettings.gateway(settings)))
                .message()
                .contains(path("users") + ":1", "htpasswd -B");
    }

    // ---- wrong files

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                wrong(
                        "data-plane: kernel\nrelay: splice\n" + GOOD
                                + "    passive-ports: 4000-4009\n    source-ports: 4100-4109\n",
                        "1:13: data-plane kernel is the same as relay kernel: leave out relay"),
                wrong(
                        "data-plane: kernel\n" + GOOD + "    passive-ports: 4000-4009\n",
                        "3:5: data-plane kernel needs passive-ports, the ports towards clients, and source-ports, those towards"
                                + " servers: the kernel looks at connections to these only"),
                wrong(
                        LISTENER + "    transparent: tproxy\n    mark: 1\n",
                        "4:11: mark 1 is that of transparent mode, whose packets stay on this host: give another mark"),
                wrong(
                        LISTENER + "    transparent: tproxy\n    routes:\n      - {upstream: a, mark: 1}\n",
                        "5:29: mark 1 is that of transparent mode, whose packets stay on this host: give another mark"),
                wrong(
                        "kernel-name: a-b\n" + GOOD,
                        "1:14: kernel-name 'a-b': a name has 1 to 32 letters, digits or underscores, not 'a-b'"),
                wrong(
                        LISTENER + "    routes:\n      - users: x\n",
                        "4:9: the route has no server: give upstream or forward"),
                wrong(
                        LISTENER + "    routes:\n      - {upstream: a, forward: {allow: b}}\n",
                        "4:20: upstream and forward exclude each other: give one of them"),
                wrong(
                        GOOD + "    routes:\n      - {destinations: 10.0.0.0/8, upstream: a}\n",
                        "5:24: destinations needs transparent, since clients connect to the gateway without it: give that, or"
                                + " leave destinations out"),
                wrong(
                        GOOD + "    announce-ports: 30000\n",
                        "4:21: announce-ports needs passive-ports, in place of which clients are sent them: give those"),
                wrong(
                        GOOD + "    passive-ports: 50000-50009\n    announce-ports: 65527\n",
                        "5:21: passive ports 50000-50009 announced from 65527 would end at 65536: ports are 1 to 65535"),
                wrong(
                        GOOD + "    passive-addresses:\n      - {network: 10.0.0.0/8, address: '::1'}\n",
                        "5:40: passive-addresses.address '::1': expected an IPv4 address, such as 203.0.113.7, or a name"),
                wrong(
                        GOOD + "    proxy-protocol: {required: true}\n",
                        "4:21: key 'from' is missing in proxy-protocol: add it"),
                wrong(
                        LISTENER
                                + "    passive-ports: 41000-41999\n    transparent: redirect\n    proxy-protocol: {from: 10.0.0.0/8}\n",
                        "5:21: proxy-protocol and transparent exclude each other, since clients come by a balancer or by the"
                                + " packet filter: leave proxy-protocol out"),
                wrong(
                        GOOD + "    spoof-client: true\n",
                        "4:19: spoof-client needs transparent: give that, or leave spoof-client out"),
                wrong(
                        LISTENER + "    transparent: redirect\n",
                        "3:18: transparent redirect needs passive-ports, which the rule for data connections names: give them"),
                wrong(
                        GOOD + "    transparent: tproxy\n",
                        "3:15: upstream and transparent exclude each other, since the server is the one that the client"
                                + " connected to: leave upstream out, or give it in routes"),
                wrong(
                        GOOD + "    protocol: socks5\n",
                        "3:15: upstream and protocol socks5 exclude each other, since the server is the one that the client"
                                + " names: leave upstream out"),
                wrong(
                        LISTENER + "    protocol: http\n    routes:\n      - {upstream: a}\n",
                        "5:20: upstream and protocol http exclude each other, since the server is the one that the client"
                                + " names: leave upstream out"),
                wrong(
                        LISTENER + "    protocol: http\n    transparent: tproxy\n    forward: {allow: b}\n",
                        "4:18: transparent and protocol http exclude each other, since clients name their server or do not"
                                + " know of the gateway: leave transparent out"),
                wrong(
                        LISTENER
                                + "    protocol: http\n    implicit-tls-bind: 127.0.0.1:2\n    forward: {allow: b}\n    tls: {self-signed: true}\n",
                        "4:24: implicit-tls-bind and protocol http exclude each other, since clients begin in the clear there:"
                                + " leave implicit-tls-bind out"),
                wrong(
                        LISTENER + "    routes: []\n",
                        "3:13: routes must be a list, not an empty one: begin each item with '- '"),
                wrong(
                        LISTENER + "    routes:\n      - {clients: 10.0.0.0/33, upstream: a}\n",
                        "4:19: routes.clients '10.0.0.0/33': expected a network or an address, such as 192.0.2.0/24"),
                wrong(
                        LISTENER + "    routes:\n      - {hosts: 'a b', upstream: a}\n",
                        "4:9: not a host name, nor *. and one: a b"),
                wrong(
                        LISTENER + "    routes:\n      - {usrs: x, upstream: a}\n",
                        "4:10: unknown key 'usrs' in routes: did you mean users?"),
                wrong(
                        LISTENER + "    upstream: _ftp.example.com\n",
                        "3:15: upstream '_ftp.example.com': expected a service such as _ftp._tcp.example.com"),
                wrong(
                        GOOD + "    balance: fair\n",
                        "4:14: balance 'fair': expected first|round-robin|least-sessions|hash"),
                wrong(
                        LISTENER + "    forward: {allow: a}\n    balance: hash\n",
                        "4:14: balance is for the servers of upstream: give that, or leave balance out"),
                wrong(
                        LISTENER + "    forward: {allow: a}\n    health: {check: tcp}\n",
                        "4:13: health is for the servers of upstream: give that, or leave health out"),
                wrong(
                        LISTENER + "    routes:\n      - {forward: {allow: a}, balance: hash, health: {check: tcp}}\n",
                        "4:40: balance is for the servers of upstream: give that, or leave balance out",
                        "4:54: health is for the servers of upstream: give that, or leave health out"),
                wrong(GOOD + "    health: {check: ping}\n", "4:21: health.check 'ping': expected none|tcp|greeting"),
                wrong(
                        GOOD + "    health: {failures: 0}\n",
                        "4:24: health.failures '0': expected a number from 1 to 1000"),
                wrong(
                        GOOD + "    dscp: 64\n    mark: 4294967296\n",
                        "4:11: dscp '64': expected a number from 0 to 63",
                        "5:11: mark '4294967296': expected a number from 0 to 4294967295"),
                wrong(
                        GOOD + "    source-ports: 9-1\n",
                        "4:19: source-ports '9-1': expected FIRST-LAST, such as 50000-50999"),
                wrong(
                        GOOD + "    login: {dialects: [user@host, usr]}\n",
                        "4:35: login.dialects 'usr': expected"
                                + " user@host|site|open|user@proxyuser@host|proxyuser@host|account|user@proxyuser"),
                wrong(
                        GOOD + "    login: {separator: ab}\n",
                        "4:24: login.separator 'ab': expected one printing character that is no"
                                + " letter and no digit, such as @ or %"),
                wrong(
                        GOOD + "    login: {users-file: none}\n",
                        "4:25: login.users-file 'none': cannot be read:" + " give the path of a readable file"),
                wrong(
                        GOOD + "    login: {groups-file: gateway.yaml}\n",
                        "4:26: groups-file needs users-file: give both"),
                wrong(
                        GOOD + "    login: {ldap: {servers: 'ldap://a'}}\n",
                        "4:19: ldap needs bind-dn or search-base: give one of them"),
                wrong(
                        GOOD + "    login: {ldap: {bind-dn: 'uid={user},dc=a'}}\n",
                        "4:19: key 'servers' is missing in ldap: add it"),
                wrong(
                        GOOD + "    login: {ldap: {servers: 'http://a', bind-dn: 'uid={user},dc=a'}}\n",
                        "4:29: login.ldap.servers 'http://a': expected ldap://HOST[:PORT] or ldaps://HOST[:PORT]"),
                wrong(
                        GOOD + "    login: {ldap: {servers: 'ldap://a', bind-dn: 'uid=joe,dc=a'}}\n",
                        "4:50: login.ldap.bind-dn 'uid=joe,dc=a': 'uid=joe,dc=a' has no {user}"),
                wrong(
                        GOOD + "    login: {ldap: {servers: 'ldap://a', search-base: 'dc=a', search-dn: 'cn=b'}}\n",
                        "4:73: search-dn and search-password-file go together: give both"),
                wrong(
                        GOOD
                                + "    login: {ldap: {servers: 'ldaps://a', start-tls: true, bind-dn: 'uid={user},dc=a'}}\n",
                        "4:19: StartTLS is for ldap://, and ldaps:// has TLS already"),
                wrong(
                        LISTENER
                                + "    routes:\n      - {upstream: a, send-user: b, send-password-file: gateway.yaml}\n",
                        "4:57: send-password-file needs users of the gateway, since any client could log in with it: give"
                                + " login.users-file or login.ldap"),
                wrong(
                        LISTENER + "    routes:\n      - {upstream: a, send-user: \"b\\rc\"}\n",
                        "4:34: routes.send-user 'b\rc': a user name has no control characters"),
                wrong(
                        LISTENER + "    login: {users-file: gateway.yaml}\n    routes:\n"
                                + "      - {forward: {allow: abc}, send-password-file: gateway.yaml}\n",
                        "5:53: send-password-file needs a route with upstream: with forward the client chooses the server that receives the"
                                + " password"),
                wrong(
                        LISTENER + "    routes:\n      - {forward: {allow: abc}, send-password-file: gateway.yaml}\n",
                        "4:53: send-password-file needs a route with upstream: with forward the client chooses the server that receives the"
                                + " password"),
                wrong(
                        GOOD + "    login: {separator: '${X:-}'}\n",
                        "4:24: login.separator has no value: write CHARACTER, or leave the key out"),
                wrong(
                        GOOD + "    greeting-file: \"a\\0b\"\n",
                        "4:20: greeting-file 'a\0b': is not a path (Nul character not"
                                + " allowed): give the path of a file"),
                wrong(
                        GOOD + "    maintenance-file: \"a\\0b\"\n",
                        "4:23: maintenance-file 'a\0b': is not a path (Nul character"
                                + " not allowed): give the path of a file"),
                wrong(
                        GOOD + "    server-mode: PASSIVE\n",
                        "4:18: server-mode 'PASSIVE': expected client|passive|active|port|eprt|pasv|epsv"),
                wrong(
                        LISTENER + "    routes:\n      - {upstream: a, server-mode: PASSIVE}\n",
                        "4:36: routes.server-mode 'PASSIVE': expected client|passive|active|port|eprt|pasv|epsv"),
                // What a bad value leads to is not said as well.
                wrong(
                        LISTENER + "    upstream: ${X}\n",
                        "3:15: variable X is not set: set it, or give a default, ${X:-default}"),
                wrong(
                        GOOD + "    tls: {certificates: [{cert: none, key: gateway.yaml}]}\n",
                        "4:33: tls.certificates.cert 'none': cannot be read: give the path of a readable file"),
                wrong(
                        GOOD + "    login: {users-file: none, groups-file: gateway.yaml}\n    routes:\n"
                                + "      - {groups: a, upstream: a, send-password-file: gateway.yaml}\n",
                        "4:25: login.users-file 'none': cannot be read: give the path of a readable file"),
                wrong(
                        GOOD + "    login: {ldap: {servers: 'ldap://a', bind-dn: '${X}'}}\n",
                        "4:50: variable X is not set: set it, or give a default, ${X:-default}"),
                wrong(
                        GOOD + "    login: {ldap: {servers: 'ldap://a', search-base: dc=a, search-dn: cn=b, "
                                + "search-password-file: none}}\n",
                        "4:99: login.ldap.search-password-file 'none': cannot be read: give the path of a readable file"),
                wrong(
                        LISTENER + "    routes:\n      - {users: [], upstream: a}\n",
                        "4:17: routes.users is an empty list: give at least one value, or leave the key out"),
                wrong(
                        GOOD + "    clients: {allow: []}\n",
                        "4:22: clients.allow is an empty list: give at least one value, or leave the key out"),
                wrong(
                        GOOD + "    login: {dialects: []}\n",
                        "4:23: login.dialects is an empty list: give at least one value, or leave the key out"),
                wrong(
                        LISTENER + "    routes:\n      - {upstream: a, groups: staff}\n",
                        "4:31: groups need users of the gateway: give login.users-file or login.ldap"),
                wrong(
                        "name-servers: ns.example.com\n" + GOOD,
                        "1:15: name-servers 'ns.example.com': expected an IP address," + " not a name"));
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void saysWhereAFileIsWrongAndWhatToDo(String text, List<String> messages) {
        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> load(text));

        assertThat(failure.lines())
                .isEqualTo(messages.stream()
                        .map(message -> path("gateway.yaml") + ":" + message)
                        .toList());
    }

    private static Arguments wrong(String text, String... messages) {
        return Arguments.of(text, List.of(messages));
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private Path path(String name) {
        return temp.toAbsolutePath().resolve(name);
    }

    private ListenerSettings load(String text) throws IOException, ConfigException {
        return program(text).listeners().get(0);
    }

    private ProgramSettings program(String text) throws IOException, ConfigException {
        Path file = Files.writeString(path("gateway.yaml"), text);
        return ConfigLoader.load(file, name -> Optional.empty()).settings();
    }
}
