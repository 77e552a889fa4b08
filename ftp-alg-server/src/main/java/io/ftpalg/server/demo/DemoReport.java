package io.ftpalg.server.demo;

import io.ftpalg.policy.tls.TlsDetails;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints what the demo has to show: plain ASCII, at most 40 lines of 100 chars. */
final class DemoReport {
    private static final String ROW = "  %-5s %-26s  %-26s  %13s  %13s%n";

    private static final String LOGIN = DemoServer.USER + ":" + DemoServer.USER;

    private final PrintWriter out;

    DemoReport(PrintWriter out) {
        this.out = out;
    }

    /**
     * One file there and back.
     *
     * @param mode how the client agreed the data ports
     * @param clientSaw the client's data port, as sent or received
     * @param serverSaw the server's data port, as sent or received
     * @param bytes size of the file
     * @param uploadNanos how long up
     * @param downloadNanos how long down
     * @param clientTls TLS of the client's data connection, if it had any
     * @param serverTls the same of the server's
     */
    record Row(
            DemoMode mode,
            String clientSaw,
            String serverSaw,
            long bytes,
            long uploadNanos,
            long downloadNanos,
            Optional<TlsDetails> clientTls,
            Optional<TlsDetails> serverTls) {}

    void picture(DemoAddresses addresses, InetSocketAddress gateway, InetSocketAddress server) {
        out.println();
        out.println("  +-------------+   control   +------------------+   control   +------------------+");
        line("  | FTP client  |------------>| ftp-alg          |------------>| FTP server       |");
        line(
                "  | %-11s |             | %-16s |             | %-16s |",
                addresses.client().getHostAddress(), text(gateway), text(server));
        line("  |             |<===========>|                  |<===========>|                  |");
        out.println("  +-------------+    data     +------------------+    data     +------------------+");
        out.println();
    }

    void heading(long bytes) {
        line(
                "  One file of %s up and down again in each mode; the client and the server never see each other:",
                size(bytes));
        out.println();
        out.printf(Locale.ROOT, ROW, "mode", "client and gateway", "gateway and server", "upload", "download");
        out.printf(Locale.ROOT, ROW, "-----", "-".repeat(26), "-".repeat(26), "-".repeat(13), "-".repeat(13));
    }

    void row(Row row) {
        out.printf(
                Locale.ROOT,
                ROW,
                row.mode(),
                row.clientSaw(),
                row.serverSaw(),
                speed(row.bytes(), row.uploadNanos()),
                speed(row.bytes(), row.downloadNanos()));
        if (row.clientTls().isPresent() || row.serverTls().isPresent()) {
            line("        %-26s  %s", TlsText.of(row.clientTls()), TlsText.of(row.serverTls()));
        }
    }

    /** Prints how control connections were protected, and why data connections differ. */
    void controlConnections(Optional<TlsDetails> client, Optional<TlsDetails> server) {
        line("  Control connections: client %s, server %s.", TlsText.of(client), TlsText.of(server));
        out.println("  Data connections of the gateway resume their control connection's TLS; this client cannot.");
    }

    void verified(int files, String sha256) {
        out.println();
        line("  All %d copies are intact on both sides: sha-256 %s...", files, sha256.substring(0, 16));
    }

    /** Prints commands; with TLS, those with the certificate of this file as CA. */
    void howToConnect(InetSocketAddress gateway, Optional<Path> certificate, boolean keep) {
        String at = text(gateway);
        out.println();
        out.println(keep ? "  It is up until Ctrl-C. Try:" : "  With --keep it stays up, and you can try:");
        if (certificate.isPresent()) {
            out.println("    CA=" + (keep ? certificate.get() : "FILE"));
        }
        (certificate.isPresent() ? underTls(at) : inTheClear(at)).forEach(command -> out.println("    " + command));
        out.println();
        out.flush();
    }

    private static List<String> inTheClear(String at) {
        return List.of(
                "curl ftp://" + LOGIN + "@" + at + "/hello.txt",
                "curl --ftp-port - ftp://" + LOGIN + "@" + at + "/docs/",
                "curl -T FILE ftp://" + LOGIN + "@" + at + "/",
                "lftp -u " + DemoServer.USER + "," + DemoServer.USER + " -e ls ftp://" + at);
    }

    private static List<String> underTls(String at) {
        String curl = "curl --ssl-reqd --cacert $CA ";
        return List.of(
                curl + "ftp://" + LOGIN + "@" + at + "/hello.txt",
                curl + "-T FILE ftp://" + LOGIN + "@" + at + "/",
                // Active by lftp: some curls cannot under TLS (7.87 and 7.88, as in Debian 12).
                "lftp -u " + DemoServer.USER + "," + DemoServer.USER
                        + " -e \"set ssl:ca-file $CA; set ftp:passive-mode no; ls\" ftp://" + at,
                "curl ftp://" + LOGIN + "@" + at + "/hello.txt   # in the clear up to the gateway");
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String size(long bytes) {
        return bytes / (1 << 20) + " MiB";
    }

    private static String speed(long bytes, long nanos) {
        return String.format(Locale.ROOT, "%.0f MiB/s", bytes / (double) (1 << 20) / (Math.max(nanos, 1) / 1e9));
    }
}
