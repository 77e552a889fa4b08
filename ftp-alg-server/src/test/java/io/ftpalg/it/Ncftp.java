package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Drives ncftpput, ncftpget and ncftpls, which know IPv4, PORT and PASV only; each step is a session. */
final class Ncftp implements Interruptible {

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
            printed.append(Program.run(folder, command(target, syntax, step), "", TIMEOUT));
        }
        return printed.toString();
    }

    @Override
    public boolean abortsUploads() {
        return false;
    }

    @Override
    public Program start(Path folder, Target target, DataSyntax syntax, Step transfer) {
        return Program.start(folder, command(target, syntax, transfer), Map.of(), "");
    }

    private static List<String> command(Target target, DataSyntax syntax, Step step) {
        List<String> command = new ArrayList<>();
        if (step instanceof Step.Put put) {
            command.addAll(options("ncftpput", target, syntax));
            command.addAll(List.of("-d", "stdout", "-V", "-C", target.host(), put.local().toString(),
                    TestServer.DIRECTORY + "/" + put.remote()));
        } else if (step instanceof Step.Get get) {
            command.addAll(options("ncftpget", target, syntax));
            command.addAll(List.of("-d", "stdout", "-V", "-C", target.host(), TestServer.DIRECTORY + "/" + get.remote(),
                    get.local().toString()));
        } else if (step instanceof Step.Names names) {
            command.addAll(List.of("sh", "-c", "exec \"$@\" > '" + names.local() + "'", "sh"));
            command.addAll(options("ncftpls", target, syntax));
            command.addAll(List.of("-1", "ftp://" + target.host() + TestServer.DIRECTORY + "/"));
        }
        return command;
    }

    private static List<String> options(String program, Target target, DataSyntax syntax) {
        return List.of(program, "-u", target.user(), "-p", target.password(), "-t", "20", "-r", "1",
                "-P", Integer.toString(target.port()),
                syntax == DataSyntax.PORT ? "-E" : "-F");
    }

    @Override
    public String toString() {
        return name();
    }
}
