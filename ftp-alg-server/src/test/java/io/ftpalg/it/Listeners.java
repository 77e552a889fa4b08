package io.ftpalg.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Reads from the kernel where this process listens. Stateless. */
final class Listeners {
    private static final String LISTEN = "0A";
    private static final int INODE = 9;

    private Listeners() {}

    /** Returns the TCP ports that this process listens at on exactly this IPv4 address. */
    static List<Integer> at(InetAddress address) {
        if (!(address instanceof Inet4Address)) {
            throw new IllegalArgumentException("IPv4 only");
        }
        byte[] bytes = address.getAddress();
        byte[] reversed = {bytes[3], bytes[2], bytes[1], bytes[0]};
        String host = HexFormat.of().withUpperCase().formatHex(reversed) + ':';
        List<Integer> ports = new ArrayList<>(listening("/proc/net/tcp", host));
        // The same address in a socket of the other family.
        ports.addAll(listening("/proc/net/tcp6", "0000000000000000FFFF0000" + host));
        return ports;
    }

    private static List<Integer> listening(String table, String host) {
        Set<String> ours = openFiles();
        try {
            return Files.readAllLines(Path.of(table)).stream()
                    .map(line -> line.trim().split(" +", -1))
                    .filter(fields -> fields.length > INODE && fields[1].startsWith(host) && fields[3].equals(LISTEN))
                    .filter(fields -> ours.contains("socket:[" + fields[INODE] + ']'))
                    .map(fields -> HexFormat.fromHexDigits(fields[1].substring(host.length())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> openFiles() {
        Set<String> open = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    open.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException e) {
                    // It was closed in between.
                }
            }
            return open;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
