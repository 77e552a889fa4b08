package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ftpalg.protocol.DataSyntax;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Drives ncftpput, ncftpget and ncftpls, which know IPv4, PORT and PASV only; each step is a session. */
final class Ncftp implements Interruptible {
    private final Optional<Firewall> firewall;

    /** The login dialect that it knows by a number, and where the gateway is that it speaks it with. */
    private record Firewall(int type, InetSocketAddress gateway, String user, String password) {

        String file() {
            return """
                    firewall-type=%d
                    firewall-host=%s
                    firewall-port=%d
                    firewall-user=%s
                    firewall-password=%s
                    firewall-exception-list=nowhere.invalid
                    """.formatted(type, gateway.getHostString(), gateway.getPort(), user, password);
        }
    }

    Ncftp() {
        this(Optional.empty());
    }

    private Ncftp(Optional<Firewall> firewall) {
        this.firewall = firewall;
    }

    /** Returns one that goes through a gateway; it knows nine types. */
    static Ncftp through(InetSocketAddress gateway, int type, String user, String password) {
        return new Ncftp(Optional.of(new Firewall(type, gateway, user, password)));
    }

    @Override
    public String name() {
        return "ncftp";
    }

    @Override
    public void require() {
        Peers.require("ncftpput");
        Peers.require("ncftpget");
        Peers.require("ncftpls");
    }

    @Override
    public Set<DataSyntax> syntaxes(boolean ipv6) {
        return ipv6 ? EnumSet.noneOf(DataSyntax.class) : EnumSet.of(DataSyntax.PORT, DataSyntax.PASV);
    }

    @Override
    public String run(Path folder, Target target, DataSyntax syntax, List<Step> steps) {
        StringBuilder printed = new StringBuilder();
        firewall.ifPresent(
                known -> Payload.file(folder.resolve("firewall"), known.file().getBytes(US_ASCII)));
        for (Step step : steps) {
            printed.append(Program.run(folder, inFolder(folder, command(target, syntax, step)), "", TIMEOUT));
        }
        return printed.toString();
    }

    @Override
    public Program start(Path folder, Target target, DataSyntax syntax, Step transfer) {
        return Program.start(folder, command(target, syntax, transfer), Map.of(), "");
    }

    /** It asks the system for the home directory, whatever HOME says. */
    private static List<String> inFolder(Path folder, List<String> command) {
        return Stream.concat(Stream.of("env", "NCFTPDIR=" + folder), command.stream())
                .toList();
    }

    private List<String> command(Target target, DataSyntax syntax, Step step) {
        List<String> command = new ArrayList<>();
        if (step instanceof Step.Put put) {
            command.addAll(options("ncftpput", target, syntax));
            command.addAll(List.of(
                    "-d",
                    "stdout",
                    "-V",
                    "-C",
                    target.host(),
                    put.local().toString(),
                    TestServer.DIRECTORY + "/" + put.remote()));
        } else if (step instanceof Step.Get get) {
            command.addAll(options("ncftpget", target, syntax));
            command.addAll(List.of(
                    "-d",
                    "stdout",
                    "-V",
                    "-C",
                    target.host(),
                    TestServer.DIRECTORY + "/" + get.remote(),
                    get.local().toString()));
        } else if (step instanceof Step.Names names) {
            command.addAll(List.of("sh", "-c", "exec \"$@\" > '" + names.local() + "'", "sh"));
            command.addAll(options("ncftpls", target, syntax));
            // Pure-FTPd takes the -1 of NLST for a file.
            command.addAll(
                    List.of(firewall.isPresent() ? "-l" : "-1", "ftp://" + target.host() + TestServer.DIRECTORY + "/"));
        }
        return command;
    }

    private static List<String> options(String program, Target target, DataSyntax syntax) {
        return List.of(
                program,
                "-u",
                target.user(),
                "-p",
                target.password(),
                "-t",
                "20",
                "-r",
                "1",
                "-P",
                Integer.toString(target.port()),
                syntax == DataSyntax.PORT ? "-E" : "-F");
    }

    @Override
    public String toString() {
        return name();
    }
}
