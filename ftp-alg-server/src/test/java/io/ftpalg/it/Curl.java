package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Drives curl, which can be told each of the four syntaxes. */
final class Curl implements Interruptible {
    private final ClientSecurity security;

    Curl() {
        this(ClientSecurity.NONE);
    }

    Curl(ClientSecurity security) {
        this.security = security;
    }

    @Override
    public String name() {
        return "curl";
    }

    @Override
    public void require() {
        Peers.require("curl");
    }

    @Override
    public Set<DataSyntax> syntaxes(boolean ipv6) {
        return ipv6 ? EnumSet.of(DataSyntax.EPRT, DataSyntax.EPSV) : EnumSet.allOf(DataSyntax.class);
    }

    @Override
    public String run(Path folder, Target target, DataSyntax syntax, List<Step> steps) {
        return Program.run(folder, command(target, syntax, steps), "", TIMEOUT);
    }

    @Override
    public Program start(Path folder, Target target, DataSyntax syntax, Step transfer) {
        return Program.start(folder, command(target, syntax, List.of(transfer)), Map.of(), "");
    }

    private List<String> command(Target target, DataSyntax syntax, List<Step> steps) {
        List<String> command = new ArrayList<>();
        command.add("curl");
        for (Step step : steps) {
            if (command.size() > 1) {
                command.add("--next");
            }
            command.addAll(options(target, syntax));
            String url = (security.implicit() ? "ftps://" : "ftp://") + target.authority() + "/"
                    + TestServer.DIRECTORY.substring(1) + "/";
            if (step instanceof Step.Put put) {
                command.addAll(List.of("--upload-file", put.local().toString(), url + put.remote()));
            } else if (step instanceof Step.Get get) {
                command.addAll(List.of("--output", get.local().toString(), url + get.remote()));
            } else if (step instanceof Step.Names names) {
                command.addAll(List.of("--list-only", "--output", names.local().toString(), url));
            }
        }
        return command;
    }

    private List<String> options(Target target, DataSyntax syntax) {
        List<String> options = new ArrayList<>(List.of(
                "--silent",
                "--show-error",
                "--verbose",
                "--globoff",
                "--max-time",
                "50",
                "--user",
                target.user() + ':' + target.password()));
        options.addAll(
                switch (syntax) {
                    case PORT -> List.of("--ftp-port", "-", "--disable-eprt");
                    case EPRT -> List.of("--ftp-port", "-");
                    // Without this it connects to where the control connection goes, whatever the reply says.
                    case PASV -> List.of("--disable-epsv", "--no-ftp-skip-pasv-ip");
                    case EPSV -> List.of();
                });
        if (security.tls()) {
            options.addAll(List.of(
                    "--ssl-reqd",
                    "--cacert",
                    security.trust().toString(),
                    "--tlsv" + security.version().number(),
                    "--tls-max",
                    security.version().number()));
            security.self().ifPresent(self -> options.addAll(List.of("--cert", self.toString())));
            if (!security.resume()) {
                options.add("--no-sessionid");
            }
        }
        return options;
    }

    @Override
    public String toString() {
        return name();
    }
}
