package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.CliOption.Group.CLIENT_TLS;
import static io.ftpalg.server.keys.form.CliOption.Group.DATA;
import static io.ftpalg.server.keys.form.CliOption.Group.MAIN;
import static io.ftpalg.server.keys.form.CliOption.Group.ROUTING;
import static io.ftpalg.server.keys.form.CliOption.Group.RUNNING;
import static io.ftpalg.server.keys.form.Key.Kind.FILE;
import static io.ftpalg.server.keys.form.Key.Kind.PATH;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;

import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.PassiveAddress;
import io.ftpalg.policy.TransparentMode;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.TelnetMode;
import io.ftpalg.routing.Balance;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.keys.inspect.InspectionKeys;
import io.ftpalg.server.settings.Upstream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** The keys of a listener. Those that a route has too are made of the route's, with an option. */
public final class ListenerKeys {
    public static final Key<InetSocketAddress> BIND = Key.of(
                    "bind", TEXT, "HOST:PORT", "address that clients connect to", Meanings::listen)
            .repeatable()
            .option(MAIN, "--listen", "HOST:PORT", "address for clients (default 0.0.0.0:2121); repeatable");
    public static final Key<InetSocketAddress> IMPLICIT_TLS_BIND = Key.of(
                    "implicit-tls-bind",
                    TEXT,
                    "HOST:PORT",
                    "address of implicit TLS, port 990 by custom",
                    Meanings::listen)
            .repeatable()
            .option(
                    CLIENT_TLS,
                    "--implicit-tls-listen",
                    "HOST:PORT",
                    "address of implicit TLS, port 990 by custom; repeatable");
    static final Key<ListenerProtocol> PROTOCOL = Key.choice(
                    "protocol",
                    ListenerProtocol.values(),
                    "protocol that clients begin with; by socks5 and http they name their server, which forward.allow must have")
            .standard("ftp");
    public static final Key<TransparentMode> TRANSPARENT = Key.choice(
                    "transparent",
                    TransparentMode.values(),
                    "clients that do not know of the gateway: how the packet filter hands over their connections; the server is the one that"
                            + " they connected to, if forward.allow has it (any public server on port 21 if left out)")
            .option(
                    ROUTING,
                    "--transparent",
                    "redirect|tproxy",
                    "how the packet filter hands over clients' connections");
    public static final Key<Boolean> SPOOF_CLIENT = Key.flag(
                    "spoof-client", "connect to servers from the client's address; with transparent only")
            .standard("false")
            .option(ROUTING, "--spoof-client", "", "servers see the client's address; with --transparent");
    static final Section ROUTES = RouteKeys.section(
            "routes", "rules tried in this order, before upstream or forward; the first that matches applies");
    public static final Key<Upstream> UPSTREAM = RouteKeys.UPSTREAM.option(
            ROUTING,
            "--upstream",
            "HOST[:PORT]",
            "server of all sessions (reverse); port 21 if left out; ftpes://HOST with TLS, ftps://HOST with"
                    + " implicit TLS on port 990; repeatable; _ftp._tcp.DOMAIN for those that DNS lists");
    static final Key<Balance> BALANCE = RouteKeys.BALANCE.option(
            ROUTING,
            "--balance",
            "HOW",
            "order of several servers: first (default), round-robin, least-sessions, hash (the same one for a client)");
    public static final Key<TargetRule> ALLOW_TARGET = RouteKeys.ALLOW.option(
            ROUTING, "--allow-target", "HOST_OR_CIDR[:PORTS]", "server that logins may name; repeatable");
    public static final Section FORWARD = RouteKeys.forward(ALLOW_TARGET)
            .option(
                    ROUTING,
                    "--forward",
                    "connect to the server that the login names, USER user@host[:port], if --allow-target has it");
    static final Key<ServerDataMode> SERVER_MODE = RouteKeys.SERVER_MODE
            .standard("client")
            .option(
                    ROUTING,
                    "--server-mode",
                    "MODE",
                    "data ports with the server: client (as the client does, the default), passive, active, port, eprt, pasv, epsv");
    static final Key<InetAddress> SOURCE_ADDRESS = RouteKeys.SOURCE_ADDRESS.option(ROUTING, "--source-address");
    public static final Key<PortRange> SOURCE_PORTS = RouteKeys.SOURCE_PORTS.option(DATA, "--source-ports");
    public static final Key<PortRange> PASSIVE_PORTS = RouteKeys.PASSIVE_PORTS
            .describedAs(
                    "ports that clients connect to for data, of which up to 8 serve all sessions at a time; any free port if left out")
            .option(DATA, "--passive-ports", "FIRST-LAST", "ports that clients connect to for data (default: any)");
    static final Key<PassiveAddress> PASSIVE_ADDRESS = Key.of(
                    "passive-address",
                    TEXT,
                    "A.B.C.D|NAME",
                    "IPv4 address in 227 replies, in place of the one that the client connected to; a name is looked up again and again",
                    Meanings::passiveAddress)
            .option(
                    DATA,
                    "--passive-address",
                    "A.B.C.D|NAME",
                    "IPv4 address in 227 replies, in place of the control one");
    static final Key<Cidr> PASSIVE_NETWORK = Key.of("network", TEXT, "CIDR", "network of clients", Meanings::network)
            .needed();
    static final Key<PassiveAddress> NETWORK_ADDRESS = Key.of(
                    "address",
                    TEXT,
                    "A.B.C.D|NAME",
                    "address for these clients, as passive-address",
                    Meanings::passiveAddress)
            .needed();
    static final Section PASSIVE_ADDRESSES = Section.list(
            "passive-addresses",
            "IPv4 addresses in 227 replies to clients of these networks, such as the inside address for inside clients; the first that"
                    + " has the client decides, and passive-address for all others",
            PASSIVE_NETWORK,
            NETWORK_ADDRESS);
    static final Key<Integer> ACTIVE_SOURCE_PORT = RouteKeys.ACTIVE_SOURCE_PORT.option(
            DATA, "--active-source-port", "PORT", "local port of data connections to clients, such as 20");
    public static final Key<Long> MARK = RouteKeys.MARK;
    static final Key<DataConnect> DATA_CONNECT = Key.choice(
                    "data-connect",
                    DataConnect.values(),
                    "connect to the server's data port when it is named, or with the transfer")
            .standard("early")
            .option(
                    DATA,
                    "--data-connect",
                    "early|late",
                    "connect to the server's data port as soon as it is named (default), or with the transfer");
    static final Key<String> PASV_ADDRESS = Key.of(
                    "pasv-address",
                    TEXT,
                    "ignore|match|CIDR",
                    "host in a server's 227: ignored (the server itself is used), required to be the server, or followed into these"
                            + " networks",
                    Meanings::pasvAddress)
            .repeatable()
            .standard("ignore")
            .option(
                    DATA,
                    "--pasv-address",
                    "ignore|match|CIDR",
                    "host in a server's 227: ignored (default), the server's own or 425, or followed into this network");
    static final Key<String> DATA_PEERS = Key.of(
                    "data-peers",
                    TEXT,
                    "same|network/24|CIDR",
                    "other ends of data connections: the control connection's peer only, its /24 (IPv6: /64), or these networks too,"
                            + " which PORT may name then",
                    Meanings::dataPeers)
            .repeatable()
            .standard("same")
            .option(
                    DATA,
                    "--data-peers",
                    "same|network/24|CIDR",
                    "other ends of data connections: the control peer (default), its /24 (IPv6 /64), or this network");
    static final Key<TelnetMode> TELNET = Key.choice(
                    "telnet",
                    TelnetMode.values(),
                    "byte 0xFF in names: as it came (auto), doubled"
                            + " as RFC 959 has it (on), or as it came and without Telnet Synch (off)")
            .standard("auto")
            .option(RUNNING, "--telnet", "auto|on|off", "byte 0xFF in names: as it came (auto, default), doubled (on)");
    static final Key<Cidr> ALLOW = Key.of(
                    "allow", TEXT, "CIDR", "networks of clients that may connect; all if left out", Meanings::network)
            .repeatable();
    static final Key<Cidr> DENY = Key.of(
                    "deny",
                    TEXT,
                    "CIDR",
                    "networks of clients that may not connect, also where allow has them",
                    Meanings::network)
            .repeatable();
    static final Section CLIENTS = Section.of("clients", "clients that may connect", ALLOW, DENY);
    static final Key<Path> GREETING_FILE = Key.of(
            "greeting-file",
            FILE,
            "FILE",
            "greeting (220); %h host name, %v version, %d date, %t time, %% a percent sign",
            Path::of);
    static final Key<Path> LIMIT_MESSAGE_FILE =
            Key.of("limit-message-file", FILE, "FILE", "reply to a client that a limit refuses (421)", Path::of);
    static final Key<Path> MAINTENANCE_FILE = Key.of(
            "maintenance-file",
            PATH,
            "FILE",
            "file that closes the listener while it exists; its text is the reply to new clients (421)",
            Path::of);
    static final Section LIMITS = Section.of("limits", "bounds of sizes, counts and times", LimitKeys.entries());

    private ListenerKeys() {}

    static Section section(String name, String description) {
        return Section.list(
                        name,
                        description,
                        BIND,
                        IMPLICIT_TLS_BIND,
                        PROTOCOL,
                        TRANSPARENT,
                        SPOOF_CLIENT,
                        ProxyHeaderKeys.PROXY_PROTOCOL,
                        ROUTES,
                        UPSTREAM,
                        BALANCE,
                        RouteKeys.HEALTH,
                        FORWARD,
                        RouteKeys.VIA,
                        ProxyHeaderKeys.SEND_PROXY,
                        SERVER_MODE,
                        SOURCE_ADDRESS,
                        SOURCE_PORTS,
                        PASSIVE_PORTS,
                        RouteKeys.ANNOUNCE_PORTS,
                        PASSIVE_ADDRESS,
                        PASSIVE_ADDRESSES,
                        ACTIVE_SOURCE_PORT,
                        RouteKeys.DSCP,
                        MARK,
                        DATA_CONNECT,
                        PASV_ADDRESS,
                        DATA_PEERS,
                        TELNET,
                        LoginKeys.LOGIN,
                        CLIENTS,
                        GREETING_FILE,
                        LIMIT_MESSAGE_FILE,
                        MAINTENANCE_FILE,
                        ClientTlsKeys.TLS,
                        ServerTlsKeys.TLS,
                        BandwidthKeys.LISTENER,
                        RuleKeys.RULES,
                        RuleKeys.RULES_DEFAULT,
                        RuleKeys.PROFILE,
                        RuleKeys.VALID_COMMANDS,
                        RuleKeys.REPLIES,
                        InspectionKeys.INSPECTION,
                        LIMITS)
                .needed();
    }
}
