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

    private ProFtpd() {}

    static TestServer start(InetAddress host, ServerSecurity security) {
        return start(NativeServer.freePort(host), security);
    }

    static TestServer start(InetSocketAddress address, ServerSecurity security) {
        InetAddress host = address.getAddress();
        Path program = Peers.require("proftpd");
        Peers.requireRoot();
        Path folder = Workspace.create("proftpd");
        Path root = Workspace.writable(folder.resolve("root"));
        Workspace.writable(folder.resolve("root" + TestServer.DIRECTORY));
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
                """.formatted(IpLiteral.format(host), address.getPort(), folder.resolve("pid"), users, root)
                + tls(security, folder);
        try {
            Files.writeString(users, "tester:" + HASH + ":65534:65534::" + root + ":/bin/sh\n");
            Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
            Path file = Files.writeString(folder.resolve("proftpd.conf"), config);
            return NativeServer.start(
                    address,
                    folder,
                    List.of(program.toString(), "--nodaemon", "--config", file.toString()),
                    "tester",
                    security.implicit());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tls(ServerSecurity security, Path folder) {
        if (!security.tls()) {
            return "";
        }
        // That data connections resume their control connection's session is what it demands of itself.
        return """
                ModulePath %s
                LoadModule mod_tls.c
                TLSEngine on
                TLSRequired on
                TLSProtocol %s
                TLSECCertificateFile %s
                TLSECCertificateKeyFile %s
                TLSVerifyClient off
                TLSLog %s
                %s
                """.formatted(
                        Peers.requireModule("usr/lib/proftpd/mod_tls.so").getParent(),
                        security.only().map(TlsVersion::protocol).orElse("TLSv1.2 TLSv1.3"),
                        security.identity().certificate(),
                        security.identity().key(),
                        folder.resolve("server.log"),
                        security.implicit() ? "TLSOptions UseImplicitSSL" : "");
    }
}
