package io.ftpalg.server.replay;

import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.server.settings.AccessSettings;
import io.ftpalg.server.settings.BandwidthSettings;
import io.ftpalg.server.settings.BindSettings;
import io.ftpalg.server.settings.ClientTlsSettings;
import io.ftpalg.server.settings.DataSettings;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.LoginSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.settings.Rate;
import io.ftpalg.server.settings.ServerTlsSettings;
import io.ftpalg.server.settings.limits.ConcurrencySettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a replay's gateway: those of a listener without what touches other hosts, files or the kernel (addresses, ports,
 * TLS, directories of users, proxies), and what a scripted client has not. Stateless.
 */
final class ReplaySettings {
    private ReplaySettings() {}

    /** Returns the settings of a program with this one listener, on a free port of that address. */
    static ProgramSettings of(ProgramSettings program, ListenerSettings listener, InetAddress host) {
        return new ProgramSettings(
                List.of(listener(listener, host)),
                program.transport(),
                program.relay() == RelayType.KERNEL ? RelayType.AUTO : program.relay(),
                program.kernelPath(),
                program.drain(),
                Duration.ZERO,
                List.of(),
                Rate.NONE,
                Optional.empty(),
                ConcurrencySettings.NONE,
                program.verbose(),
                program.logFormat(),
                program.reload(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ListenerSettings listener(ListenerSettings listener, InetAddress host) {
        DataSettings data = listener.data();
        return new ListenerSettings(
                new BindSettings(List.of(new InetSocketAddress(host, 0)), List.of()),
                listener.routing(),
                new DataSettings(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        data.connect(),
                        data.pasvAddress(),
                        data.peers(),
                        SocketSettings.DEFAULT,
                        BandwidthSettings.NONE),
                ClientTlsSettings.NONE,
                ServerTlsSettings.NONE,
                new LoginSettings(listener.login().policy(), Optional.empty()),
                AccessSettings.OPEN,
                listener.texts(),
                listener.telnet(),
                listener.limits(),
                Optional.empty(),
                ListenerProtocol.FTP,
                Optional.empty(),
                listener.rules(),
                Optional.empty());
    }
}
