package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.Key.Kind.CHOICE;
import static io.ftpalg.server.keys.form.Key.Kind.COUNT;
import static io.ftpalg.server.keys.form.Key.Kind.FILE;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;
import static io.ftpalg.server.keys.form.Key.Kind.TIME;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.route.RouterContext;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.Secret;
import io.ftpalg.routing.Balance;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.server.keys.form.Choices;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.settings.ProxyUrl;
import io.ftpalg.server.settings.Upstream;
import io.ftpalg.server.users.ClientText;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys that set where sessions go, and how servers are connected to: those of a route, some of them a listener's too. */
final class RouteKeys {
    private static final long LARGEST_MARK = 0xFFFF_FFFFL;

    /** Names are compared as they are on the control connection. */
    static final Key<String> USERS = Key.of(
                    "users", TEXT, "PATTERN", "users of the route; * any characters, ? any one", ClientText::said)
            .repeatable();

    static final Key<String> GROUPS = Key.of(
                    "groups", TEXT, "NAME", "groups of the route, of the gateway's own users", ClientText::said)
            .repeatable();
    static final Key<String> HOSTS = Key.of(
                    "hosts",
                    TEXT,
                    "NAME",
                    "names of the gateway that the client sends by HOST or SNI: a name, or *.example.com",
                    text -> text)
            .repeatable();
    static final Key<Cidr> CLIENTS = Key.of(
                    "clients", TEXT, "CIDR", "networks of clients of the route", Meanings::network)
            .repeatable();
    static final Key<Cidr> DESTINATIONS = Key.of(
                    "destinations",
                    TEXT,
                    "CIDR",
                    "networks of the servers that clients of the route connected to; with transparent only",
                    Meanings::network)
            .repeatable();
    static final Key<Upstream> UPSTREAM = Key.of(
                    "upstream",
                    TEXT,
                    "HOST[:PORT]",
                    "server of the sessions, or several;"
                            + " ftpes://HOST with TLS, ftps://HOST with implicit TLS; _ftp._tcp.example.com for those that DNS lists (SRV)",
                    Meanings::upstream)
            .repeatable();
    static final Key<Balance> BALANCE = Key.of(
            "balance",
            CHOICE,
            Stream.of(Balance.values()).map(Balance::text).collect(Collectors.joining("|")),
            "order of several servers; first if left out; hash: the same one for a client",
            Meanings::balance);
    static final Key<Optional<RouterContext.Probe>> CHECK = Key.of(
                    "check",
                    CHOICE,
                    "none|" + Choices.names(RouterContext.Probe.values(), "|"),
                    "health check of servers: none, a connection, or also their greeting",
                    Meanings::probe)
            .standard("none");
    static final Key<Duration> INTERVAL = Key.of("interval", TIME, "TIME", "time between two checks", Meanings::time)
            .standard("5s");
    static final Key<Duration> TIMEOUT = Key.of("timeout", TIME, "TIME", "timeout of one check", Meanings::time)
            .standard("2s");
    static final Key<Integer> FAILURES = Key.of(
                    "failures",
                    COUNT,
                    "1 to 1000",
                    "failures in a row that eject a server",
                    text -> Meanings.number(text, 1, 1000))
            .standard("3");
    static final Key<Duration> EJECTION = Key.of(
                    "ejection",
                    TIME,
                    "TIME",
                    "time of the first ejection; each further one lasts twice as long",
                    Meanings::time)
            .standard("30s");
    static final Key<Duration> SLOW_RETURN = Key.of(
                    "slow-return",
                    TIME,
                    "TIME",
                    "time until a server that returned to rotation has its full share again",
                    Meanings::time)
            .standard("30s");
    static final Section HEALTH = Section.of(
            "health",
            "health of servers; an unhealthy one is used after all others",
            CHECK,
            INTERVAL,
            TIMEOUT,
            FAILURES,
            EJECTION,
            SLOW_RETURN);
    static final Key<TargetRule> ALLOW = Key.of(
                    "allow",
                    TEXT,
                    "HOST_OR_CIDR[:PORTS]",
                    "servers that logins may name; none if left out",
                    Meanings::target)
            .repeatable();
    static final Section FORWARD = forward(ALLOW);
    static final Key<String> SEND_USER =
            Key.of("send-user", TEXT, "NAME", "user name for the server, in place of the client's", Meanings::user);
    static final Key<Secret> SEND_PASSWORD_FILE = Key.of(
            "send-password-file",
            FILE,
            "FILE",
            "password of send-user, the first line; only"
                    + " with upstream, and with users of the gateway (login.users-file, login.ldap)",
            Meanings::password);
    static final Key<ProxyUrl> PROXY_URL = Key.of(
                    "url",
                    TEXT,
                    "SCHEME://HOST[:PORT]",
                    "the proxy: socks5://HOST[:PORT], socks4a://HOST[:PORT], http://HOST[:PORT] for CONNECT, or"
                            + " ftp://HOST[:PORT], another FTP proxy",
                    Meanings::proxy)
            .needed();
    static final Key<String> PROXY_USER = Key.of("user", TEXT, "NAME", "user at the proxy", Meanings::user);
    static final Key<Secret> PROXY_PASSWORD_FILE =
            Key.of("password-file", FILE, "FILE", "password of that user, the first line", Meanings::password);
    static final Key<LoginDialect> PROXY_DIALECT = Key.of(
            "dialect",
            CHOICE,
            Stream.of(LoginDialect.values()).map(LoginDialect::text).collect(Collectors.joining("|")),
            "how the server, and user, are named to another FTP proxy in the login; user@host if left out",
            Meanings::dialect);
    static final Section VIA = Section.oneOrMore(
            "via",
            "proxy through which servers are connected to, control and data, which looks their names up; or two,"
                    + " the nearest first",
            PROXY_URL,
            PROXY_USER,
            PROXY_PASSWORD_FILE,
            PROXY_DIALECT);
    static final Key<ServerDataMode> SERVER_MODE = Key.choice(
            "server-mode", ServerDataMode.values(), "data ports with the server; client: as the client does");
    static final Key<InetAddress> SOURCE_ADDRESS =
            Key.of("source-address", TEXT, "ADDRESS", "local address of connections to the server", Meanings::ip);
    static final Key<PortRange> SOURCE_PORTS = Key.of(
            "source-ports",
            TEXT,
            "FIRST-LAST",
            "local ports of connections to the server, and ports for its active data connections",
            Meanings::ports);
    static final Key<PortRange> PASSIVE_PORTS = Key.of(
            "passive-ports",
            TEXT,
            "FIRST-LAST",
            "ports that clients connect to for data; the listener's if left out",
            Meanings::ports);
    static final Key<Integer> ANNOUNCE_PORTS = Key.of(
            "announce-ports",
            COUNT,
            "1 to 65535",
            "first of the ports that clients are sent in place of passive-ports, where a port map in front of the gateway (Docker,"
                    + " Kubernetes) shifts them; they are as many",
            text -> Meanings.number(text, 1, 65535));
    static final Key<Integer> ACTIVE_SOURCE_PORT = Key.of(
            "active-source-port",
            COUNT,
            "1 to 65535",
            "local port of data connections to clients, such as 20",
            text -> Meanings.number(text, 1, 65535));
    static final Key<Integer> DSCP = Key.of(
            "dscp",
            COUNT,
            "0 to 63",
            "differentiated services codepoint of data connections",
            text -> Meanings.number(text, 0, 63));
    static final Key<Long> MARK = Key.of(
            "mark",
            COUNT,
            "0 to " + LARGEST_MARK,
            "mark of data connections for packet filters and routing (SO_MARK; epoll, needs CAP_NET_ADMIN)",
            text -> Meanings.longNumber(text, 0, LARGEST_MARK));
    static final Key<Duration> IDLE_TIMEOUT = Key.of(
            "idle-timeout",
            TIME,
            "TIME",
            "idle timeout of the route's sessions, in place of limits.idle-timeout",
            Meanings::time);

    private RouteKeys() {}

    static Section forward(Key<TargetRule> allow) {
        return Section.of(
                "forward",
                "connect to the server that the login names, such as USER user@host[:port], in place of upstream",
                allow);
    }

    static Section section(String name, String description) {
        return Section.list(
                name,
                description,
                USERS,
                GROUPS,
                HOSTS,
                CLIENTS,
                DESTINATIONS,
                UPSTREAM,
                BALANCE,
                HEALTH,
                FORWARD,
                SEND_USER,
                SEND_PASSWORD_FILE,
                VIA,
                ProxyHeaderKeys.SEND_PROXY,
                SERVER_MODE,
                SOURCE_ADDRESS,
                SOURCE_PORTS,
                PASSIVE_PORTS,
                ANNOUNCE_PORTS,
                ACTIVE_SOURCE_PORT,
                DSCP,
                MARK,
                IDLE_TIMEOUT);
    }
}
