package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Drives the descendants of BSD's ftp, which take commands on their standard input.
 *
 * @param name the program
 * @param extended the command that makes EPRT and EPSV be used over IPv4
 * @param options what else it is started with
 */
record BsdFtp(String name, String extended, List<String> options) implements FtpClient {

    /** Returns NetBSD's ftp. */
    static BsdFtp tnftp() {
        return new BsdFtp("tnftp", "epsv4", List.of("-n", "-i", "-v", "-d"));
    }

    /** Returns GNU's ftp. */
    static BsdFtp inetutils() {
        return new BsdFtp("inetutils-ftp", "epsv4", List.of("-n", "-i", "-v", "-d"));
    }

    @Override
    public void require() {
        Peers.require(name);
    }

    @Override
    public Set<DataSyntax> syntaxes(boolean ipv6) {
        return ipv6 ? EnumSet.of(DataSyntax.EPRT, DataSyntax.EPSV) : EnumSet.allOf(DataSyntax.class);
    }

    @Override
    public String run(Path folder, Target target, DataSyntax syntax, List<Step> steps) {
        StringBuilder script = new StringBuilder(login(target, syntax));
        for (Step step : steps) {
            if (step instanceof Step.Put put) {
                script.append("put \"%s\" \"%s\"\n".formatted(put.local(), put.remote()));
            } else if (step instanceof Step.Get get) {
                script.append("get \"%s\" \"%s\"\n".formatted(get.remote(), get.local()));
            } else if (step instanceof Step.Names names) {
                script.append("nlist . \"%s\"\n".formatted(names.local()));
            }
        }
        return Program.run(folder, command(target), script + "bye\n", TIMEOUT);
    }

    /** Returns the command line that connects. */
    List<String> command(Target target) {
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(options);
        command.addAll(List.of(target.host(), Integer.toString(target.port())));
        return command;
    }

    /** Returns the commands that open a session in the directory of the tests. */
    String login(Target target, DataSyntax syntax) {
        return """
                user %s %s
                binary
                %s %s
                passive %s
                cd %s
                """.formatted(target.user(), target.password(), extended, syntax.extended() ? "on" : "off",
                syntax.passive() ? "on" : "off", TestServer.DIRECTORY);
    }
}
