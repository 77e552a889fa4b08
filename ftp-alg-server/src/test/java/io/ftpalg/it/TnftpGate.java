package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Drives tnftp in its gate-ftp mode, in which the server that it opens is only said in the login, as {@code user@server}.
 *
 * @param gateway where it connects
 * @param login the account at the gateway, {@code USER PASSWORD}, which it uses before the server's; or nothing
 */
record TnftpGate(InetSocketAddress gateway, String login) implements FtpClient {

    @Override
    public String name() {
        return "tnftp";
    }

    @Override
    public void require() {
        Peers.require("tnftp");
    }

    @Override
    public Set<DataSyntax> syntaxes(boolean ipv6) {
        return EnumSet.of(DataSyntax.EPSV);
    }

    @Override
    public String run(Path folder, Target target, DataSyntax syntax, List<Step> steps) {
        // The name may have a port in it: it is not resolved here. It is the key in .netrc, too.
        String account = login.isEmpty() ? target.user() + ' ' + target.password() : login;
        String[] words = account.split(" ", 2);
        Path netrc = Payload.file(
                folder.resolve(".netrc"),
                "machine %s login %s password %s\n"
                        .formatted(target.authority(), words[0], words[1])
                        .getBytes(US_ASCII));
        try {
            Files.setPosixFilePermissions(netrc, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Program.run(folder, List.of("tnftp", "-i", "-v", "-d"), script(target, steps), TIMEOUT);
    }

    private String script(Target target, List<Step> steps) {
        StringBuilder script = new StringBuilder(
                "gate %s %d\nopen %s\n".formatted(gateway.getHostString(), gateway.getPort(), target.authority()));
        if (!login.isEmpty()) {
            script.append("user %s %s\n".formatted(target.user(), target.password()));
        }
        script.append("binary\ncd %s\n".formatted(TestServer.DIRECTORY));
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
}
