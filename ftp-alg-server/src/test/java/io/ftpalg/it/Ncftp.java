package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Drives ncftpput, ncftpget and ncftpls, which know IPv4, PORT and PASV only; each step is a session. */
final class Ncftp implements FtpClient {

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
        for (Step step : steps) {
            if (step instanceof Step.Put put) {
                printed.append(run(folder, "ncftpput", target, syntax, List.of("-V", "-C", target.host(),
                        put.local().toString(), TestServer.DIRECTORY + "/" + put.remote())));
            } else if (step instanceof Step.Get get) {
                printed.append(run(folder, "ncftpget", target, syntax, List.of("-V", "-C", target.host(),
                        TestServer.DIRECTORY + "/" + get.remote(), get.local().toString())));
            } else if (step instanceof Step.Names names) {
                String url = "ftp://" + target.authority() + TestServer.DIRECTORY + "/";
                String list = "exec \"$@\" > '" + names.local() + "'";
                List<String> command = new ArrayList<>(List.of("sh", "-c", list, "sh"));
                command.addAll(options("ncftpls", target, syntax));
                command.addAll(List.of("-1", url));
                printed.append(Program.run(folder, command, "", TIMEOUT));
            }
        }
        return printed.toString();
    }

    private static String run(Path folder, String program, Target target, DataSyntax syntax, List<String> arguments) {
        List<String> command = new ArrayList<>(options(program, target, syntax));
        command.addAll(List.of("-d", "stdout", "-P", Integer.toString(target.port())));
        command.addAll(arguments);
        return Program.run(folder, command, "", TIMEOUT);
    }

    private static List<String> options(String program, Target target, DataSyntax syntax) {
        return List.of(program, "-u", target.user(), "-p", target.password(), "-t", "20", "-r", "1",
                syntax == DataSyntax.PORT ? "-E" : "-F");
    }
}
