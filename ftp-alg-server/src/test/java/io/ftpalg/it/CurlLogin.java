package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Drives curl with a gateway in the URL; the server is in the login.
 *
 * @param gateway where it connects
 * @param userinfo the login as the URL has it, percent-encoded, with an {@code @} at its end; or nothing
 * @param options further options, such as {@code --user}
 */
record CurlLogin(InetSocketAddress gateway, String userinfo, List<String> options) implements FtpClient {

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
        return EnumSet.of(DataSyntax.EPSV);
    }

    @Override
    public String run(Path folder, Target target, DataSyntax syntax, List<Step> steps) {
        String url =
                "ftp://" + userinfo + gateway.getHostString() + ':' + gateway.getPort() + TestServer.DIRECTORY + '/';
        List<String> command = new ArrayList<>(List.of("curl"));
        for (Step step : steps) {
            if (command.size() > 1) {
                command.add("--next");
            }
            command.addAll(List.of("--silent", "--show-error", "--verbose", "--max-time", "50"));
            command.addAll(options);
            if (step instanceof Step.Put put) {
                command.addAll(List.of("--upload-file", put.local().toString(), url + put.remote()));
            } else if (step instanceof Step.Get get) {
                command.addAll(List.of("--output", get.local().toString(), url + get.remote()));
            } else if (step instanceof Step.Names names) {
                command.addAll(List.of("--list-only", "--output", names.local().toString(), url));
            }
        }
        return Program.run(folder, command, "", TIMEOUT);
    }
}
