package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bandwidths of the config file, through the jar: never faster, and by the same way as without. */
@Timeout(120)
class BandwidthIT {
    private static final int RATE = 2_000_000;
    private static final int SIZE = 3 * RATE;
    private static final TestServer SERVER = ApacheFtp.start(Loopback.SERVER, ServerSecurity.NONE);

    @TempDir
    private Path temp = Path.of(".");

    @BeforeAll
    static void fill() {
        Payload.file(SERVER.files().resolve("large"), SIZE);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bandwidth: {transfer: {download: 2MB}}, | splice",
                "bandwidth: {user: {download: 2MB}}, | splice",
                "bandwidth: {address: {download: 2000kB}}, | splice",
                "bandwidth: {listener: {download: 2000000}}, | splice"
            })
    void downloadsAtTheRateWithoutCopying(String bandwidth, String path) throws Exception {
        try (ConfiguredJar jar = start(bandwidth, "")) {
            Duration time = download(jar, 1);

            // 3 s, less the burst at its start and what the kernel holds at its end.
            assertThat(time).isBetween(Duration.ofMillis(2700), Duration.ofSeconds(20));
            assertThat(jar.awaitLog("transfer finished", 1)).contains("data_path=" + path);
        }
    }

    @Test
    void allListenersShareTheTotal() throws Exception {
        try (ConfiguredJar jar = start("", "bandwidth: {download: 4MB}\n")) {
            assertThat(download(jar, 2)).isBetween(Duration.ofMillis(2700), Duration.ofSeconds(20));
        }
    }

    @Test
    void uploadsHaveARateOfTheirOwn() throws Exception {
        try (ConfiguredJar jar = start("bandwidth: {transfer: {upload: 2MB}},", "");
                RawFtp client = RawFtp.login(target(jar))) {
            long before = System.nanoTime();
            client.upload(DataSyntax.PASV, "STOR up", Payload.bytes(SIZE));

            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isBetween(Duration.ofMillis(2700), Duration.ofSeconds(20));
            assertThat(Files.size(SERVER.files().resolve("up"))).isEqualTo(SIZE);
        }
    }

    private ConfiguredJar start(String bandwidth, String more) throws IOException {
        return ConfiguredJar.start(
                temp, more + """
                listeners:
                  - {bind: '127.0.0.1:0', %s upstream: '%s'}
                """.formatted(bandwidth, Target.of(SERVER).authority()));
    }

    private static Target target(ConfiguredJar jar) {
        return new Target(jar.addresses().get(0), SERVER.user(), SERVER.password());
    }

    /** Returns the time of so many downloads at once. */
    private static Duration download(ConfiguredJar jar, int count) throws Exception {
        long before = System.nanoTime();
        List<Thread> threads = IntStream.range(0, count)
                .mapToObj(i -> new Thread(() -> {
                    try (RawFtp client = RawFtp.login(target(jar))) {
                        assertThat(client.download(DataSyntax.PASV, "RETR large"))
                                .hasSize(SIZE);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        return Duration.ofNanos(System.nanoTime() - before);
    }
}
