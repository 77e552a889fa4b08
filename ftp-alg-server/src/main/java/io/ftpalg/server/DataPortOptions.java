package io.ftpalg.server;

import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.PasvAddress;
import io.ftpalg.protocol.PortRange;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options for data connections. Filled by picocli. */
final class DataPortOptions {
    @Option(names = "--passive-ports", paramLabel = "FIRST-LAST",
            description = "ports that clients connect to for data; any free port if left out")
    private Optional<PortRange> passivePorts = Optional.empty();

    @Option(names = "--passive-address", paramLabel = "A.B.C.D",
            description = "IPv4 address that clients are told in place of the one they connected to")
    private Optional<Inet4Address> passiveAddress = Optional.empty();

    @Option(names = "--active-source-port", paramLabel = "PORT", converter = Values.Port.class,
            description = "local port of data connections to clients, such as 20")
    private Optional<Integer> activeSourcePort = Optional.empty();

    @Option(names = "--data-connect", paramLabel = "early|late",
            description = "connect to the server's data port as soon as it is named (default), or with the transfer")
    private DataConnect dataConnect = DataConnect.EARLY;

    @Option(names = "--pasv-address", paramLabel = "ignore|match|CIDR", converter = Values.PasvAddressWord.class,
            description = "host in a server's 227: ignored (default), the server's own or 425, or followed into this network")
    private List<String> pasvAddress = new ArrayList<>();

    @Option(names = "--data-peers", paramLabel = "same|network/24|CIDR", converter = Values.DataPeersWord.class,
            description = "other ends of data connections: the control peer (default), its /24 (IPv6 /64), or this network")
    private List<String> dataPeers = new ArrayList<>();

    Optional<PortRange> passivePorts() {
        return passivePorts;
    }

    Optional<Inet4Address> passiveAddress() {
        return passiveAddress;
    }

    Optional<Integer> activeSourcePort() {
        return activeSourcePort;
    }

    PasvAddress pasvAddress(CommandSpec spec) {
        return pasvAddress.isEmpty() ? PasvAddress.IGNORE : PasvAddress.parse(pasvAddress)
                .orElseThrow(() -> new ParameterException(spec.commandLine(),
                        "--pasv-address is ignore, match, or networks: give one of them"));
    }

    DataPeers dataPeers(CommandSpec spec) {
        return dataPeers.isEmpty() ? DataPeers.SAME : DataPeers.parse(dataPeers)
                .orElseThrow(() -> new ParameterException(spec.commandLine(),
                        "--data-peers is same, network/24, or networks: give one of them"));
    }

    DataConnect dataConnect() {
        return dataConnect;
    }
}
