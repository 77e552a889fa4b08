package io.ftpalg.server.config;

import static io.ftpalg.server.config.ConfigEntry.Kind.CHOICE;
import static io.ftpalg.server.config.ConfigEntry.Kind.COUNT;
import static io.ftpalg.server.config.ConfigEntry.Kind.FILE;
import static io.ftpalg.server.config.ConfigEntry.Kind.TEXT;
import static io.ftpalg.server.config.ConfigEntry.Kind.TIME;

import io.ftpalg.server.config.ConfigEntry.Section;
import io.ftpalg.server.config.ConfigEntry.Setting;
import java.util.List;
import java.util.Optional;

/** The keys that say where sessions go, and how servers are spoken to: those of a route, some of them a listener's too. */
final class RouteKeys {

    private RouteKeys() {
    }

    /** Returns the keys of one route. */
    static List<ConfigEntry> route() {
        return List.of(
                Setting.of("users", TEXT, "", "PATTERN", "users it is for, * any characters, ? any one").repeatable(),
                Setting.of("groups", TEXT, "", "NAME", "groups of the gateway's own users that it is for").repeatable(),
                Setting.of("hosts", TEXT, "", "NAME",
                        "what clients call the gateway by HOST or SNI: a name, or *.example.com").repeatable(),
                Setting.of("clients", TEXT, "", "CIDR", "networks of clients that it is for").repeatable(),
                upstream(""), balance(""), health(), forward(Optional.empty(), ""),
                Setting.of("send-user", TEXT, "", "NAME", "the user for the server, in place of the client's"),
                Setting.of("send-password-file", FILE, "", "FILE",
                        "its password, the first line; only with upstream, and with users of the gateway (login.users-file,"
                                + " login.ldap)"),
                serverMode(""), sourceAddress(""), sourcePorts(), passivePorts(""), activeSourcePort(""), dscp(), mark(),
                Setting.of("idle-timeout", TIME, "", "TIME", "how long its sessions may be idle, in place of limits.idle-timeout"));
    }

    static Setting upstream(String option) {
        return Setting.of("upstream", TEXT, option, "HOST[:PORT]", "the server that sessions go to, or several; ftpes://HOST"
                + " with TLS, ftps://HOST with implicit TLS; _ftp._tcp.example.com for those that DNS lists (SRV)").repeatable();
    }

    static Setting balance(String option) {
        return Setting.of("balance", CHOICE, option, "first|round-robin|least-sessions|hash",
                "which of several servers comes first: first if left out; hash: the same one for a client");
    }

    static Section health() {
        return new Section("health", false, false, Optional.empty(), List.of(
                Setting.of("check", CHOICE, "", "none|tcp|greeting", "look after servers by connecting to them").standard("none"),
                Setting.of("interval", TIME, "", "TIME", "between two checks").standard("5s"),
                Setting.of("timeout", TIME, "", "TIME", "for one check").standard("2s"),
                Setting.of("failures", COUNT, "", "1 to 1000", "failures in a row that eject a server").standard("3"),
                Setting.of("ejection", TIME, "", "TIME", "how long the first time, each further time twice as long").standard("30s"),
                Setting.of("slow-return", TIME, "", "TIME", "until it has its full share again").standard("30s")),
                "when a server counts as ill; used after all others then");
    }

    static Section forward(Optional<String> option, String allowOption) {
        return new Section("forward", false, false, option, List.of(
                Setting.of("allow", TEXT, allowOption, "HOST_OR_CIDR[:PORTS]", "what logins may name; nothing if left out")
                        .repeatable()),
                "go where the login says, such as USER user@host[:port], in place of upstream");
    }

    static Setting serverMode(String option) {
        return Setting.of("server-mode", CHOICE, option, "client|passive|active|port|eprt|pasv|epsv",
                "data ports with the server; client: as the client does");
    }

    static Setting sourceAddress(String option) {
        return Setting.of("source-address", TEXT, option, "ADDRESS", "local address of connections to the server");
    }

    static Setting sourcePorts() {
        return Setting.of("source-ports", TEXT, "", "FIRST-LAST", "local ports of connections to the server, and those on which"
                + " its active data connections are awaited");
    }

    static Setting passivePorts(String option) {
        return Setting.of("passive-ports", TEXT, option, "FIRST-LAST",
                "ports that clients connect to for data; " + (option.isEmpty() ? "the listener's" : "any free port")
                        + " if left out");
    }

    static Setting activeSourcePort(String option) {
        return Setting.of("active-source-port", COUNT, option, "1 to 65535",
                "local port of data connections to clients, such as 20");
    }

    static Setting dscp() {
        return Setting.of("dscp", COUNT, "", "0 to 63", "differentiated services codepoint of data connections");
    }

    static Setting mark() {
        return Setting.of("mark", COUNT, "", "0 to 4294967295",
                "mark of data connections for packet filters and routing (SO_MARK; epoll, needs CAP_NET_ADMIN)");
    }
}
