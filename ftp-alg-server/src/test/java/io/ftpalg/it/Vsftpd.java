package io.ftpalg.it;

import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts vsftpd, the strict one: it knows no Telnet, checks who connects to a data port, and answers ABOR when urged. */
final class Vsftpd {

    private Vsftpd() {}

    static TestServer start(InetAddress host, ServerSecurity security) {
        return start(NativeServer.freePort(host), security);
    }

    static TestServer start(InetSocketAddress address, ServerSecurity security) {
        return start(address, security, "");
    }

    /** Starts it with further lines of its configuration. */
    static TestServer start(InetSocketAddress address, ServerSecurity security, String more) {
        InetAddress host = address.getAddress();
        Path program = Peers.require("vsftpd");
        Peers.requireRoot();
        Path folder = Workspace.create("vsftpd");
        Workspace.writable(folder.resolve("root" + TestServer.DIRECTORY));
        boolean ipv6 = host instanceof Inet6Address;
        // The anonymous user may write nothing above /pub: its root must not be writable.
        String config = """
                %s=YES
                listen_address%s=%s
                listen_port=%d
                background=NO
                anonymous_enable=YES
                local_enable=NO
                anon_root=%s
                ftp_username=daemon
                write_enable=YES
                anon_upload_enable=YES
                anon_mkdir_write_enable=YES
                anon_other_write_enable=YES
                anon_world_readable_only=NO
                anon_umask=022
                anon_max_rate=0
                connect_from_port_20=NO
                async_abor_enable=YES
                seccomp_sandbox=NO
                isolate=NO
                isolate_network=NO
                nopriv_user=nobody
                secure_chroot_dir=%s
                xferlog_enable=YES
                log_ftp_protocol=YES
                vsftpd_log_file=%s
                """.formatted(
                        ipv6 ? "listen_ipv6" : "listen",
                        ipv6 ? "6" : "",
                        IpLiteral.format(host),
                        address.getPort(),
                        folder.resolve("root"),
                        folder.resolve("empty"),
                        folder.resolve("server.log"));
        if (ipv6) {
            config += "listen=NO\n";
        }
        config += tls(security) + more;
        try {
            Files.createDirectory(folder.resolve("empty"));
            Path file = Files.writeString(folder.resolve("vsftpd.conf"), config);
            // It tells what is wrong with its configuration on its standard input.
            String command = "exec \"$0\" \"$1\" 0>&1";
            return NativeServer.start(
                    address,
                    folder,
                    List.of("sh", "-c", command, program.toString(), file.toString()),
                    "anonymous",
                    security.implicit());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tls(ServerSecurity security) {
        if (!security.tls()) {
            return "";
        }
        return """
                ssl_enable=YES
                implicit_ssl=%s
                ssl_tlsv1=YES
                ssl_ciphers=HIGH
                allow_anon_ssl=YES
                force_anon_logins_ssl=YES
                force_anon_data_ssl=YES
                require_ssl_reuse=YES
                strict_ssl_read_eof=YES
                debug_ssl=YES
                rsa_cert_file=%s
                rsa_private_key_file=%s
                """.formatted(
                        security.implicit() ? "YES" : "NO",
                        security.identity().certificate(),
                        security.identity().key());
    }
}
