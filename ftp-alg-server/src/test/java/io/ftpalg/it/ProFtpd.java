package io.ftpalg.it;

import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Starts ProFTPD with one virtual user; it is the one that speaks Telnet. */
final class ProFtpd {
    /** crypt(3)'s MD5 of "secret". */
    private static final String HASH = "$1$ftpalg$F5F6amXTICXkKas7r7DHN0";

    private ProFtpd() {
    }

    static TestServer start(InetAddress host) {
        Path program = Peers.require("proftpd");
        Peers.requireRoot();
        Path folder = Workspace.create("proftpd");
        Path root = Workspace.writable(folder.resolve("root"));
        Workspace.writable(folder.resolve("root" + TestServer.DIRECTORY));
        InetSocketAddress address = NativeServer.freePort(host);
        Path users = folder.resolve("users");
        String config = """
                ServerType standalone
                ServerName test
                DefaultServer on
                DefaultAddress %s
                Port %d
                SocketBindTight on
                UseReverseDNS off
                User nobody
                Group nogroup
                PidFile %s
                ScoreboardFile none
                DebugLevel 2
                AuthOrder mod_auth_file.c
                AuthUserFile %s
                RequireValidShell off
                DefaultRoot %s
                AllowOverwrite on
                AllowStoreRestart on
                AllowRetrieveRestart on
                DelayEngine off
                WtmpLog off
                TransferLog none
                Umask 022
                UseEncoding off
                MaxInstances none
                """.formatted(IpLiteral.format(host), address.getPort(), folder.resolve("pid"), users, root);
        try {
            Files.writeString(users, "tester:" + HASH + ":65534:65534::" + root + ":/bin/sh\n");
            Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
            Path file = Files.writeString(folder.resolve("proftpd.conf"), config);
            return NativeServer.start(address, folder,
                    List.of(program.toString(), "--nodaemon", "--config", file.toString()), "tester");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
