package io.ftpalg.it;

import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts pure-ftpd with virtual users of one password: the tester, and one whose name is a mail address. */
final class PureFtpd {
    static final String MAIL_USER = "tester@mail.example";
    // What it makes of a password itself takes it seconds to check; crypt(3)'s MD5 of "secret" does not.
    private static final String HASH = "$1$ftpalg$F5F6amXTICXkKas7r7DHN0";

    private PureFtpd() {}

    static NativeServer start(InetAddress host, ServerSecurity security) {
        return start(NativeServer.freePort(host), security);
    }

    static NativeServer start(InetSocketAddress address, ServerSecurity security) {
        Path program = Peers.require("pure-ftpd");
        Path users = Peers.require("pure-pw");
        Peers.requireRoot();
        Path folder = Workspace.create("pure-ftpd");
        Path root = Workspace.writable(folder.resolve("root"));
        Workspace.writable(folder.resolve("root" + TestServer.DIRECTORY));
        try {
            Path passwords =
                    Files.writeString(folder.resolve("passwd"), account("tester", root) + account(MAIL_USER, root));
            Path database = folder.resolve("users.pdb");
            try (Program convert = Program.start(
                    folder,
                    List.of(users.toString(), "mkdb", database.toString(), "-f", passwords.toString()),
                    Map.of(),
                    "")) {
                if (convert.await(Duration.ofSeconds(20)) != 0) {
                    throw new AssertionError(convert.output());
                }
            }
            List<String> command = new ArrayList<>(List.of(
                    program.toString(),
                    "--bind",
                    IpLiteral.format(address.getAddress()) + ',' + address.getPort(),
                    "--login",
                    "puredb:" + database,
                    "--noanonymous",
                    "--dontresolve",
                    "--minuid",
                    "1",
                    "--limitrecursion",
                    "20000:10",
                    "--maxclientsnumber",
                    "200",
                    "--maxclientsperip",
                    "200",
                    "--pidfile",
                    folder.resolve("pid").toString()));
            if (security.tls()) {
                // 3: control and data connections have to be protected.
                command.addAll(List.of(
                        "--tls",
                        "3",
                        "--certfile",
                        security.identity().certificate() + ","
                                + security.identity().key()));
            }
            return NativeServer.start(address, folder, command, "tester", false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String account(String name, Path root) {
        return name + ":" + HASH + ":65534:65534::" + root + "/./::::::::::::\n";
    }
}
