package io.ftpalg.control.dns;

import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.resolver.ResolvedAddressTypes;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hosts file as it was a few seconds ago at most; Netty's own is as it was when the process first asked. Owned by
 * {@link DnsNames}, used on all event loops: what was read is one volatile reference, and two that find it old both read it.
 */
final class HostsFile {
    private static final Duration MAX_AGE = Duration.ofSeconds(5);

    private final Supplier<HostsFileEntriesProvider> file;
    private final LongSupplier nanoTime;
    private volatile @Nullable Contents last;

    private record Contents(HostsFileEntriesProvider entries, long readAt) {}

    /** Makes the one of the system; nothing is read before the first look-up. */
    HostsFile() {
        // As Netty reads it: the latter two are for Windows.
        this(
                () -> HostsFileEntriesProvider.parser()
                        .parseSilently(Charset.defaultCharset(), StandardCharsets.UTF_16, StandardCharsets.UTF_8),
                System::nanoTime);
    }

    HostsFile(Supplier<HostsFileEntriesProvider> file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
    }

    /** Returns the addresses of these types that it has for the name, none if it does not have the name. */
    List<InetAddress> addresses(String host, ResolvedAddressTypes types) {
        HostsFileEntriesProvider entries = entries();
        String name = host.toLowerCase(Locale.ROOT);
        List<InetAddress> ipv4 = of(entries.ipv4Entries(), name);
        List<InetAddress> ipv6 = of(entries.ipv6Entries(), name);
        return switch (types) {
            case IPV4_ONLY -> ipv4;
            case IPV6_ONLY -> ipv6;
            case IPV4_PREFERRED -> joined(ipv4, ipv6);
            case IPV6_PREFERRED -> joined(ipv6, ipv4);
        };
    }

    private HostsFileEntriesProvider entries() {
        Contents contents = last;
        long now = nanoTime.getAsLong();
        if (contents == null || now - contents.readAt() >= MAX_AGE.toNanos()) {
            contents = new Contents(file.get(), now);
            last = contents;
        }
        return contents.entries();
    }

    private static List<InetAddress> of(Map<String, List<InetAddress>> entries, String name) {
        return entries.getOrDefault(name, List.of());
    }

    private static List<InetAddress> joined(List<InetAddress> first, List<InetAddress> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
