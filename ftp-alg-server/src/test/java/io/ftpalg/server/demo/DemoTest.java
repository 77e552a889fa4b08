package io.ftpalg.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The whole demo on real sockets: Demo, DemoAddresses, DemoServer, DemoClient, DemoTls, all eyes, DemoReport. */
class DemoTest {
    private final StringWriter text = new StringWriter();
    private final Queue<String> transfers = new ConcurrentLinkedQueue<>();

    /** Notes the transfers that the gateway tells of. */
    private final class Transfers implements AlgListener {
        @Override
        public void transferFinished(TransferFinished event) {
            transfers.add(event.verb() + " " + event.client().syntax() + " " + event.end() + " "
                    + (event.bytesToClient() + event.bytesToServer()));
        }
    }

    @Test
    void showsEachModeRewrittenInPlainAsciiOnOnePage() throws Exception {
        try (Demo demo = new Demo(new PrintWriter(text), new Transfers(), false)) {
            demo.start();
            demo.transfer(1);
            demo.howToConnect(true);
        }

        List<String> lines = text.toString().lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(40).allMatch(line -> line.matches("[ -~]{0,100}"));
        assertThat(lines).anyMatch(line -> line.matches(" *PASV +227 \\([0-9,]+\\) +227 \\([0-9,]+\\) .*MiB/s"));
        assertThat(lines)
                .anyMatch(line -> line.matches(" *EPSV +229 \\(\\|{3}[0-9]+\\|\\) +229 \\(\\|{3}[0-9]+\\|\\) .*"));
        assertThat(lines).anyMatch(line -> line.matches(" *PORT +PORT [0-9,]+ +PORT [0-9,]+ .*"));
        assertThat(lines).anyMatch(line -> line.matches(" *EPRT +EPRT \\|1\\|[0-9.|]+ +EPRT \\|1\\|[0-9.|]+ .*"));
        assertThat(transfers)
                .contains(
                        "STOR PASV COMPLETE 1048576",
                        "RETR EPSV COMPLETE 1048576",
                        "STOR PORT COMPLETE 1048576",
                        "RETR EPRT COMPLETE 1048576");
    }

    @Test
    void underTlsItSaysWhatEachSideOfEachModeHas() throws Exception {
        try (Demo demo = new Demo(new PrintWriter(text), new Transfers(), true)) {
            demo.start();
            demo.transfer(1);
            demo.howToConnect(true);
        }

        List<String> lines = text.toString().lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(40).allMatch(line -> line.matches("[ -~]{0,100}"));
        assertThat(lines)
                .filteredOn(line -> line.matches(" +TLSv1\\.[23] [A-Z0-9-]+ full +TLSv1\\.2 [A-Z0-9-]+ resumed"))
                .hasSize(4);
        assertThat(lines)
                .anyMatch(line -> line.matches(" +Control connections: client TLSv1.* full, server TLSv1.* full\\."));
        assertThat(lines).anyMatch(line -> line.matches(" +CA=/.*/gateway\\.pem"));
        assertThat(transfers)
                .contains(
                        "STOR PASV COMPLETE 1048576",
                        "RETR EPSV COMPLETE 1048576",
                        "STOR PORT COMPLETE 1048576",
                        "RETR EPRT COMPLETE 1048576");
    }

    @Test
    void closesOnlyOnce() throws Exception {
        Demo demo = new Demo(new PrintWriter(text), new Transfers(), false);
        demo.start();

        demo.close();
        demo.close();

        assertThat(text.toString()).contains("FTP server");
    }
}
