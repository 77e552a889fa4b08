package io.ftpalg.control.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.IpLiteral;
import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.resolver.ResolvedAddressTypes;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileTest {
    @TempDir
    private Path folder = Path.of(".");

    private Path file = folder;
    private long now = Long.MAX_VALUE - 7;
    private int reads;
    private final HostsFile hosts = new HostsFile(this::read, () -> now);

    private HostsFileEntriesProvider read() {
        reads++;
        return HostsFileEntriesProvider.parser().parseSilently(file.toFile(), StandardCharsets.UTF_8);
    }

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("hosts");
        Files.writeString(file, """
                10.0.0.1 ftp.example.com ftp
                10.0.0.2 ftp.example.com
                2001:db8::1 FTP.example.com
                """);
    }

    @Test
    void hasAllAddressesOfTheTypesThatAreAskedFor() {
        assertThat(hosts.addresses("ftp.EXAMPLE.com", ResolvedAddressTypes.IPV4_PREFERRED))
                .isEqualTo(ips("10.0.0.1", "10.0.0.2", "2001:db8::1"));
        assertThat(hosts.addresses("ftp.example.com", ResolvedAddressTypes.IPV6_PREFERRED))
                .isEqualTo(ips("2001:db8::1", "10.0.0.1", "10.0.0.2"));
        assertThat(hosts.addresses("ftp.example.com", ResolvedAddressTypes.IPV4_ONLY))
                .isEqualTo(ips("10.0.0.1", "10.0.0.2"));
        assertThat(hosts.addresses("ftp.example.com", ResolvedAddressTypes.IPV6_ONLY))
                .isEqualTo(ips("2001:db8::1"));
        assertThat(hosts.addresses("example.com", ResolvedAddressTypes.IPV4_PREFERRED))
                .isEmpty();
    }

    @Test
    void readsItAnewAfterFiveSeconds() throws IOException {
        assertThat(ftp()).isEqualTo(ips("10.0.0.1"));
        Files.writeString(file, "10.0.0.9 ftp\n");
        now += Duration.ofSeconds(5).minusNanos(1).toNanos();
        assertThat(ftp()).isEqualTo(ips("10.0.0.1"));
        assertThat(reads).isEqualTo(1);

        now++;

        assertThat(ftp()).isEqualTo(ips("10.0.0.9"));
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void hasNothingWhereThereIsNoFile() throws IOException {
        Files.delete(file);

        assertThat(ftp()).isEmpty();
    }

    @Test
    void readsTheFileOfTheSystem() {
        assertThat(new HostsFile().addresses("localhost", ResolvedAddressTypes.IPV4_PREFERRED))
                .allMatch(InetAddress::isLoopbackAddress);
    }

    private List<InetAddress> ftp() {
        return hosts.addresses("ftp", ResolvedAddressTypes.IPV4_PREFERRED);
    }

    private static List<InetAddress> ips(String... texts) {
        return Stream.of(texts).map(text -> IpLiteral.parse(text).orElseThrow()).toList();
    }
}
