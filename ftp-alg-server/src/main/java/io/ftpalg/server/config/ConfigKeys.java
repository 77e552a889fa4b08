package io.ftpalg.server.config;

import static io.ftpalg.server.config.ConfigEntry.Kind.CHOICE;
import static io.ftpalg.server.config.ConfigEntry.Kind.FILE;
import static io.ftpalg.server.config.ConfigEntry.Kind.FLAG;
import static io.ftpalg.server.config.ConfigEntry.Kind.PATH;
import static io.ftpalg.server.config.ConfigEntry.Kind.TEXT;
import static io.ftpalg.server.config.ConfigEntry.Kind.TIME;

import io.ftpalg.policy.Limits;
import io.ftpalg.server.config.ConfigEntry.Setting;
import io.ftpalg.server.config.ConfigEntry.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The table of all keys of the config file: what is read, shown, documented and completed by editors comes from here. */
public final class ConfigKeys {
    private ConfigKeys() {
    }

    /** Returns the whole file. */
    public static Section root() {
        return new Section("", false, true, Optional.empty(), List.of(
                new Section("listeners", true, true, Optional.empty(), listener(),
                        "where clients connect, each with rules of its own"),
                Setting.of("transport", CHOICE, "--transport", "auto|epoll|io_uring|kqueue|nio", "what drives the sockets")
                        .standard("auto"),
                Setting.of("relay", CHOICE, "--relay", "auto|splice|buffer",
                        "how data is moved; splice needs epoll").standard("auto"),
                Setting.of("drain-timeout", TIME, "--drain-timeout", "TIME", "for running transfers at SIGTERM or Ctrl-C")
                        .standard("30s"),
                Setting.of("name-servers", TEXT, "", "ADDRESS[:PORT]", "the name servers to ask; the system's if left out")
                        .repeatable(),
                Setting.of("verbose", FLAG, "", "true or false", "log more").standard("false"),
                Setting.of("reload", CHOICE, "", "off|signal|watch",
                        "read this file again: never, at SIGHUP, or also when it or a file that it names changes")
                        .standard("signal")), "the config file");
    }

    private static List<ConfigEntry> listener() {
        return List.of(
                Setting.of("bind", TEXT, "--listen", "HOST:PORT", "where clients connect").repeatable(),
                Setting.of("implicit-tls-bind", TEXT, "--implicit-tls-listen", "HOST:PORT",
                        "where TLS begins with the connection, port 990 by custom").repeatable(),
                new Section("routes", true, false, Optional.empty(), RouteKeys.route(),
                        "tried in this order before upstream or forward; the first one that matches decides"),
                RouteKeys.upstream("--upstream"),
                RouteKeys.balance("--balance"),
                RouteKeys.health(),
                RouteKeys.forward(Optional.of("--forward"), "--allow-target"),
                RouteKeys.serverMode("--server-mode").standard("client"),
                RouteKeys.sourceAddress("--source-address"),
                RouteKeys.sourcePorts(),
                RouteKeys.passivePorts("--passive-ports"),
                Setting.of("passive-address", TEXT, "--passive-address", "A.B.C.D",
                        "IPv4 address that clients are told in place of the one they connected to"),
                RouteKeys.activeSourcePort("--active-source-port"),
                RouteKeys.dscp(),
                RouteKeys.mark(),
                Setting.of("data-connect", CHOICE, "--data-connect", "early|late",
                        "connect to the server's data port when it is named, or with the transfer").standard("early"),
                Setting.of("pasv-address", TEXT, "--pasv-address", "ignore|match|CIDR",
                        "host in a server's 227: connect to the server whatever it is, require the server's own, or follow it"
                                + " into these networks").repeatable().standard("ignore"),
                Setting.of("data-peers", TEXT, "--data-peers", "same|network/24|CIDR",
                        "other ends of data connections: the control connection's peer only, its /24 (IPv6: /64), or these"
                                + " networks too, which PORT may name then").repeatable().standard("same"),
                Setting.of("telnet", CHOICE, "--telnet", "auto|on|off",
                        "byte 0xFF in names: as it came (auto), doubled as RFC 959 has it (on), or as it came and without Telnet Synch (off)")
                        .standard("auto"),
                new Section("login", false, false, Optional.empty(), LoginKeys.login(),
                        "how clients log in, and the gateway's own users"),
                new Section("clients", false, false, Optional.empty(), List.of(
                        Setting.of("allow", TEXT, "", "CIDR", "networks that may connect; all if left out").repeatable(),
                        Setting.of("deny", TEXT, "", "CIDR", "networks that may not, whatever allow says").repeatable()),
                        "who may connect"),
                Setting.of("greeting-file", FILE, "", "FILE",
                        "what clients hear first (220); %h host name, %v version, %d date, %t time, %% a percent sign"),
                Setting.of("limit-message-file", FILE, "", "FILE", "what a client hears that a limit turns away (421)"),
                Setting.of("maintenance-file", PATH, "", "FILE",
                        "while there is such a file, new clients are turned away with its text (421)"),
                new Section("tls", false, false, Optional.empty(), TlsKeys.clients(), "TLS with clients"),
                new Section("upstream-tls", false, false, Optional.empty(), TlsKeys.servers(), "TLS with servers"),
                new Section("limits", false, false, Optional.empty(), Arrays.stream(LimitKey.values())
                        .<ConfigEntry>map(limit -> limit.entry(Limits.defaults())).toList(), "how much, and how long"));
    }
}
