package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.it.NamespaceNetwork.Host;
import io.ftpalg.it.NamespaceNetwork.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Hosts with a gateway in transparent mode between client and servers: the jar with a config file, and the rules that it prints for
 * that, loaded as printed. Each server has an address of its own, and port 21. The test class owns it.
 */
final class TransparentWorld implements AutoCloseable {
    static final int FTP = 21;
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String JAR = Objects.requireNonNull(System.getProperty("ftpalg.jar"));
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NamespaceNetwork network;
    private final ConfiguredJar jar;
    private final Deque<AutoCloseable> owned;
    private int addresses = 10;

    private TransparentWorld(NamespaceNetwork network, ConfiguredJar jar, Deque<AutoCloseable> owned) {
        this.network = network;
        this.jar = jar;
        this.owned = owned;
    }

    /**
     * Starts the gateway, on any address and port 2121.
     *
     * @param listener the keys of its listener but the address, as YAML in one line
     * @param options options of the command that prints the rules
     */
    static TransparentWorld start(Topology topology, String listener, String... options) {
        Peers.require("sysctl");
        Deque<AutoCloseable> owned = new ArrayDeque<>();
        try {
            NamespaceNetwork network = NamespaceNetwork.create(topology);
            owned.push(network);
            Path folder = Workspace.create("transparent");
            owned.push(() -> Workspace.delete(folder));
            String config = "listeners: [{bind: '[::]:2121', " + listener + ", limits: {sessions-per-address: 1000,"
                    + " new-sessions-per-second: 1000}}]\nverbose: true\n";
            Path file = Files.writeString(folder.resolve("gateway.yaml"), config);
            // What the gateway needs of the host is in the rules, forwarding too.
            network.run(
                    Host.GATEWAY,
                    List.of("sysctl", "-qw", "net.ipv4.ip_forward=0", "net.ipv6.conf.all.forwarding=0"),
                    "");
            network.run(Host.GATEWAY, List.of("sh", "-s"), rules(folder, file, options));
            ConfiguredJar jar = network.on(Host.GATEWAY, () -> ConfiguredJar.start(folder, config));
            owned.push(jar);
            return new TransparentWorld(network, jar, owned);
        } catch (IOException e) {
            close(owned);
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            close(owned);
            throw e;
        }
    }

    /** Returns what {@code ftp-alg rules} prints for this file. */
    static String rules(Path folder, Path config, String... options) {
        List<String> command = new ArrayList<>(List.of(JAVA, "-jar", JAR, "rules", "--config", config.toString()));
        command.addAll(List.of(options));
        try (Program program = Program.start(folder, command, Map.of(), "")) {
            assertThat(program.await(PATIENCE)).as(program.output()).isZero();
            return program.output();
        }
    }

    /** Starts a server with an address of its own. */
    TestServer server(ServerKind kind, boolean ipv6) {
        return server(kind, ipv6, ServerSecurity.NONE);
    }

    TestServer server(ServerKind kind, boolean ipv6, ServerSecurity security) {
        InetSocketAddress address = new InetSocketAddress(network.add(Host.SERVER, addresses++, ipv6), FTP);
        TestServer server = network.on(Host.SERVER, () -> kind.start(address, security));
        owned.push(server);
        return server;
    }

    NamespaceNetwork network() {
        return network;
    }

    ConfiguredJar jar() {
        return jar;
    }

    @Override
    public void close() {
        close(owned);
    }

    private static void close(Deque<AutoCloseable> owned) {
        List<Exception> failures = new ArrayList<>();
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        assertThat(failures).isEmpty();
    }
}
