package io.ftpalg.server.runtime;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.rules.ShadowedRules;
import io.ftpalg.server.config.ConfigFile;
import io.ftpalg.server.keys.ListenerKeys;
import io.ftpalg.server.keys.ServerTlsKeys;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.settings.RouteChoice;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Finds what settings allow, but is seldom meant. Stateless; looks names up, which blocks. */
public final class Warnings {

    private Warnings() {}

    /** Returns what is worth a warning about a listener, with the names of keys or options. */
    public static List<String> of(ProgramSettings program, ListenerSettings settings, Names names) {
        List<String> warnings = new ArrayList<>();
        if (settings.routing().otherwise() instanceof RouteChoice.Forward forward
                && forward.targets().isEmpty()) {
            warnings.add(names.of(ListenerKeys.FORWARD) + " without "
                    + names.of(ListenerKeys.FORWARD, ListenerKeys.ALLOW_TARGET) + ": every login is refused");
        }
        if (settings.serverTls().isInsecure()) {
            warnings.add(names.of(ServerTlsKeys.TLS, ServerTlsKeys.INSECURE)
                    + ": certificates of servers are not verified, so that connections can be intercepted");
        }
        if (settings.routing().otherwise() instanceof RouteChoice.Reverse reverse
                && program.nameServers().isEmpty()) {
            reverse.servers().stream()
                    .flatMap(server -> server.server().stream())
                    .filter(Warnings::isUnknown)
                    .forEach(server -> warnings.add(names.of(ListenerKeys.UPSTREAM) + " " + server
                            + " cannot be resolved; it is looked up again for each session"));
        }
        if (settings.inspection()
                .filter(files -> files.holding().isBelowOneFile())
                .isPresent()) {
            warnings.add(
                    "inspection.spill.total is below max-size: a larger file is held until there is no space, and gets"
                            + " 451; lower max-size");
        }
        ShadowedRules.of(settings.rules().rules()).forEach(rule -> warnings.add(shadowed(rule)));
        return warnings;
    }

    private static String shadowed(ShadowedRules.Shadowed shadowed) {
        return "rule " + shadowed.rule() + " can never match: "
                + shadowed.by()
                        .map(earlier ->
                                "rule " + earlier + " always decides before; change their order, or leave one out")
                        .orElse("no command has both its verb and its direction; leave one of these out");
    }

    /** Returns those about a config file; of several listeners each is named. */
    public static List<String> of(ConfigFile file) {
        List<String> warnings = new ArrayList<>();
        List<ListenerSettings> listeners = file.settings().listeners();
        for (int i = 0; i < listeners.size(); i++) {
            String prefix = file.listener(i);
            of(file.settings(), listeners.get(i), Names.KEYS).forEach(warning -> warnings.add(prefix + warning));
        }
        return warnings;
    }

    private static boolean isUnknown(HostPort server) {
        return new InetSocketAddress(server.host(), server.port()).isUnresolved();
    }
}
