package io.ftpalg.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.server.audit.record.TestRecords;
import io.ftpalg.server.audit.sink.SinkSettings.Bounds;
import io.ftpalg.server.audit.sink.SinkSettings.Facility;
import io.ftpalg.server.audit.sink.SinkSettings.Protocol;
import io.ftpalg.server.audit.sink.SinkSettings.SyslogSettings;
import java.time.Duration;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SyslogSinkTest {

    private static SyslogSettings settings(int port, int records) {
        return new SyslogSettings(
                "syslog",
                true,
                new Bounds(records, 1 << 30),
                new HostPort("127.0.0.1", port),
                Protocol.TCP,
                Optional.empty(),
                Facility.LOCAL0);
    }

    private static SinkWorker worker(SyslogSettings settings) {
        SinkWorker worker = new SinkWorker(settings, Sinks.of(settings, TestRecords.ORIGIN), TestRecords.ORIGIN);
        worker.start();
        return worker;
    }

    @Test
    void sendsEachRecord() throws Exception {
        try (SyslogServer server = new SyslogServer(ServerSocketFactory.getDefault(), true);
                SinkWorker worker = worker(settings(server.port(), 100))) {
            worker.offer(TestRecords.transfer(1, "a"));
            worker.offer(TestRecords.transfer(2, "b\n\u00ff"));

            await().until(() -> server.messages.size() == 2);
            assertThat(server.messages.get(1)).startsWith("<134>1 ").endsWith("\"path\":\"b\\\\x0a\\\\xff\"}");
        }
    }

    @Test
    void connectsAgainWhereTheServerHasClosed() throws Exception {
        try (SyslogServer server = new SyslogServer(ServerSocketFactory.getDefault(), true);
                SinkWorker worker = worker(settings(server.port(), 100))) {
            worker.offer(TestRecords.transfer(1, "a"));
            await().until(() -> server.messages.size() == 1);

            server.drop();
            worker.offer(TestRecords.transfer(2, "b"));

            await().until(() -> server.messages.size() == 2);
        }
    }

    @Test
    void cannotWriteWhileThereIsNoServer() throws Exception {
        int port;
        try (SyslogServer gone = new SyslogServer(ServerSocketFactory.getDefault(), true)) {
            port = gone.port();
        }
        SinkWorker worker = worker(settings(port, 100));

        worker.offer(TestRecords.transfer(1, "a"));

        await().until(() -> !worker.canWrite());
        worker.close();
        assertThat(worker.dropped()).isEqualTo(1);
    }

    @Test
    void aServerThatDoesNotReadHoldsUpTheSinkOnly() throws Exception {
        try (SyslogServer server = new SyslogServer(ServerSocketFactory.getDefault(), false)) {
            SinkWorker worker = worker(settings(server.port(), 2000));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (int i = 0; i < 1000; i++) {
                    worker.offer(TestRecords.transfer(1, "x".repeat(4000)));
                }
                return worker.dropped() > 0;
            });

            assertThat(worker.canWrite()).isFalse();
            worker.close();
        }
    }
}
