package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Drives the descendants of BSD's ftp, which take commands on their standard input.
 *
 * @param name the program
 * @param toggles whether its commands turn a setting that is off on, or set what they are told
 */
record BsdFtp(String name, boolean toggles) implements Interruptible {

    /** Returns NetBSD's ftp. */
    static BsdFtp tnftp() {
        return new BsdFtp("tnftp", false);
    }

    /** Returns GNU's ftp. */
    static BsdFtp inetutils() {
        return new BsdFtp("inetutils-ftp", true);
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
        return Program.run(folder, command(target), script(target, syntax, steps), TIMEOUT);
    }

    @Override
    public Program start(Path folder, Target target, DataSyntax syntax, Step transfer) {
        return Program.start(folder, command(target), Map.of(), script(target, syntax, List.of(transfer)));
    }

    private String script(Target target, DataSyntax syntax, List<Step> steps) {
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
        return script + "bye\n";
    }

    private List<String> command(Target target) {
        return List.of(name, "-n", "-i", "-v", "-d", target.host(), Integer.toString(target.port()));
    }

    private String login(Target target, DataSyntax syntax) {
        return """
                user %s %s
                binary
                %s%scd %s
                """.formatted(
                        target.user(),
                        target.password(),
                        setting("epsv4", syntax.extended()),
                        setting("passive", syntax.passive()),
                        TestServer.DIRECTORY);
    }

    private String setting(String command, boolean on) {
        if (toggles) {
            return on ? command + "\n" : "";
        }
        return command + (on ? " on\n" : " off\n");
    }

    @Override
    public String toString() {
        return name;
    }
}
