package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Drives lftp, which speaks EPRT over IPv6 only, and says {@code EPRT |2|::|port|} there: that is left out. */
final class Lftp implements FtpClient {

    @Override
    public String name() {
        return "lftp";
    }

    @Override
    public void require() {
        Peers.require("lftp");
    }

    @Override
    public Set<DataSyntax> syntaxes(boolean ipv6) {
        return ipv6
                ? EnumSet.of(DataSyntax.EPSV)
                : EnumSet.of(DataSyntax.PORT, DataSyntax.PASV, DataSyntax.EPSV);
    }

    @Override
    public String run(Path folder, Target target, DataSyntax syntax, List<Step> steps) {
        StringBuilder script = new StringBuilder(login(target, syntax));
        for (Step step : steps) {
            if (step instanceof Step.Put put) {
                script.append("put \"%s\" -o \"%s\"\n".formatted(put.local(), put.remote()));
            } else if (step instanceof Step.Get get) {
                script.append("get \"%s\" -o \"%s\"\n".formatted(get.remote(), get.local()));
            } else if (step instanceof Step.Names names) {
                script.append("recls -1 > \"%s\"\n".formatted(names.local()));
            }
        }
        return Program.run(folder, List.of("lftp"), script + "bye\n", TIMEOUT);
    }

    /** Returns the commands that open a session in the directory of the tests. */
    static String login(Target target, DataSyntax syntax) {
        return """
                set cmd:fail-exit true
                set net:timeout 20
                set net:max-retries 1
                set net:persist-retries 0
                set net:connection-limit 1
                set ftp:ssl-allow false
                set ftp:fix-pasv-address false
                set ftp:ignore-pasv-address false
                set ftp:passive-mode %b
                set ftp:prefer-epsv %b
                set xfer:clobber true
                debug 5
                open -u "%s,%s" ftp://%s/
                cd %s
                """.formatted(syntax.passive(), syntax == DataSyntax.EPSV, target.user(), target.password(),
                target.authority(), TestServer.DIRECTORY);
    }
}
