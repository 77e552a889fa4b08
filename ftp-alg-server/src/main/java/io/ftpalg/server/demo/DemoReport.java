package io.ftpalg.server.demo;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/** Prints what the demo has to show: plain ASCII, at most 40 lines of 100 chars. */
final class DemoReport {
    private static final String ROW = "  %-5s %-26s  %-26s  %13s  %13s%n";

    private final PrintWriter out;

    DemoReport(PrintWriter out) {
        this.out = out;
    }

    /**
     * One file there and back.
     *
     * @param mode how the client agreed the data ports
     * @param clientSaw what the client said or was told
     * @param serverSaw what the server was told or said
     * @param bytes size of the file
     * @param uploadNanos how long up
     * @param downloadNanos how long down
     */
    record Row(DemoMode mode, String clientSaw, String serverSaw, long bytes, long uploadNanos, long downloadNanos) {
    }

    void picture(DemoAddresses addresses, InetSocketAddress gateway, InetSocketAddress server) {
        out.println();
        out.println("  +-------------+   control   +------------------+   control   +------------------+");
        line("  | FTP client  |------------>| ftp-alg          |------------>| FTP server       |");
        line("  | %-11s |             | %-16s |             | %-16s |", addresses.client().getHostAddress(),
                text(gateway), text(server));
        line("  |             |<===========>|                  |<===========>|                  |");
        out.println("  +-------------+    data     +------------------+    data     +------------------+");
        out.println();
    }

    void heading(long bytes) {
        line("  One file of %s up and down again in each mode; the client and the server never see each other:",
                size(bytes));
        out.println();
        out.printf(Locale.ROOT, ROW, "mode", "client and gateway", "gateway and server", "upload", "download");
        out.printf(Locale.ROOT, ROW, "-----", "-".repeat(26), "-".repeat(26), "-".repeat(13), "-".repeat(13));
    }

    void row(Row row) {
        out.printf(Locale.ROOT, ROW, row.mode(), row.clientSaw(), row.serverSaw(), speed(row.bytes(), row.uploadNanos()),
                speed(row.bytes(), row.downloadNanos()));
    }

    void verified(int files, String sha256) {
        out.println();
        line("  All %d copies are intact on both sides: sha-256 %s...", files, sha256.substring(0, 16));
    }

    void howToConnect(InetSocketAddress gateway, boolean keep) {
        String at = text(gateway);
        String login = DemoServer.USER + ":" + DemoServer.USER;
        out.println();
        out.println(keep ? "  It is up until Ctrl-C. Try:" : "  With --keep it stays up, and you can try:");
        List.of("curl ftp://" + login + "@" + at + "/hello.txt",
                "curl --ftp-port - ftp://" + login + "@" + at + "/docs/",
                "curl -T FILE ftp://" + login + "@" + at + "/",
                "lftp -u " + DemoServer.USER + "," + DemoServer.USER + " -e ls ftp://" + at)
                .forEach(command -> out.println("    " + command));
        out.println();
        out.flush();
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
