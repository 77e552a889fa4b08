package io.ftpalg.it;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Three hosts that are network namespaces of this machine, a client, a gateway and a server, with IPv4 and IPv6; no packet leaves them.
 * Thread-safe; the test that made it closes it.
 *
 * <pre>
 * ROUTED    client eth0 --- eth0 gateway eth1 --- eth0 server      client and server have their default route to the gateway
 *             10.77.1.2   10.77.1.1  10.77.2.1   10.77.2.2
 *             fd77:1::2   fd77:1::1  fd77:2::1   fd77:2::2
 *
 * HAIRPIN   client eth0 --- switch --- eth0 server                 all in one network: the gateway has one interface
 *             10.77.1.2       |         10.77.1.3
 *             fd77:1::2   eth0 gateway  fd77:1::3
 *                         10.77.1.1
 *                         fd77:1::1
 * </pre>
 */
final class NamespaceNetwork implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_RDONLY = 0;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Topology topology;
    private final Path folder;
    private final String prefix;
    private final List<String> created = new ArrayList<>();
    private final Map<Host, ExecutorService> threads = new EnumMap<>(Host.class);

    /** How the hosts are joined. */
    enum Topology {
        ROUTED,
        HAIRPIN
    }

    /** A host. */
    enum Host {
        CLIENT,
        GATEWAY,
        SERVER
    }

    private NamespaceNetwork(Topology topology, Path folder) {
        this.topology = topology;
        this.folder = folder;
        this.prefix = "ftpalg" + ProcessHandle.current().pid() + '-' + NUMBERS.incrementAndGet();
        for (Host host : Host.values()) {
            threads.put(host, Executors.newCachedThreadPool(task -> thread(host, task)));
        }
    }

    /** Makes the hosts; without root the test is skipped, or fails where CI=true is set. */
    static NamespaceNetwork create(Topology topology) {
        Peers.require("ip");
        Peers.requireRoot();
        NamespaceNetwork network = new NamespaceNetwork(topology, Workspace.create("network"));
        try {
            network.build();
        } catch (RuntimeException | AssertionError e) {
            network.close();
            throw e;
        }
        return network;
    }

    private void build() {
        for (Host host : Host.values()) {
            add(namespace(host));
        }
        if (topology == Topology.ROUTED) {
            ip("link add eth0 netns %s type veth peer name eth0 netns %s", Host.CLIENT, Host.GATEWAY);
            ip("link add eth1 netns %s type veth peer name eth0 netns %s", Host.GATEWAY, Host.SERVER);
        } else {
            String hub = prefix + "-switch";
            add(hub);
            ip("-n " + hub + " link add br0 type bridge");
            ip("-n " + hub + " link set br0 up");
            for (Host host : Host.values()) {
                String port = host.name().toLowerCase(Locale.ROOT);
                ip("link add eth0 netns %s type veth peer name " + port + " netns " + hub, host);
                ip("-n " + hub + " link set " + port + " master br0 up");
            }
        }
        for (Host host : Host.values()) {
            for (String device : devices(host)) {
                ip("-n %s link set " + device + " up", host);
                ip("-n %s addr add " + literal(host, device, false) + "/24 dev " + device, host);
                ip("-n %s addr add " + literal(host, device, true) + "/64 dev " + device + " nodad", host);
            }
            if (host != Host.GATEWAY && topology == Topology.ROUTED) {
                ip("-n %s route add default via " + literal(Host.GATEWAY, towards(host), false), host);
                ip("-n %s -6 route add default via " + literal(Host.GATEWAY, towards(host), true), host);
            }
        }
    }

    private void add(String namespace) {
        ip("netns add " + namespace);
        created.add(namespace);
        ip("-n " + namespace + " link set lo up");
    }

    private List<String> devices(Host host) {
        return host == Host.GATEWAY && topology == Topology.ROUTED ? List.of("eth0", "eth1") : List.of("eth0");
    }

    /** Returns the gateway's interface towards this host. */
    String towards(Host host) {
        return host == Host.SERVER && topology == Topology.ROUTED ? "eth1" : "eth0";
    }

    private String literal(Host host, String device, boolean ipv6) {
        boolean second = topology == Topology.ROUTED && (host == Host.SERVER || "eth1".equals(device));
        int last =
                switch (host) {
                    case GATEWAY -> 1;
                    case CLIENT -> 2;
                    case SERVER -> topology == Topology.ROUTED ? 2 : 3;
                };
        return (ipv6 ? "fd77:%d::%d" : "10.77.%d.%d").formatted(second ? 2 : 1, last);
    }

    /** Returns the address of a host; of the gateway that towards the client. */
    InetAddress address(Host host, boolean ipv6) {
        return IpLiteral.parse(literal(host, "eth0", ipv6)).orElseThrow();
    }

    /** Adds an address to a host, in the network that it is in; returns it. */
    InetAddress add(Host host, int last, boolean ipv6) {
        String own = literal(host, "eth0", ipv6);
        String literal = own.substring(0, own.lastIndexOf(ipv6 ? ':' : '.') + 1) + last;
        ip("-n %s addr add " + literal + (ipv6 ? "/64 dev eth0 nodad" : "/24 dev eth0"), host);
        return IpLiteral.parse(literal).orElseThrow();
    }

    /** Returns the gateway's address towards the server. */
    InetAddress gatewayTowardsServer(boolean ipv6) {
        return IpLiteral.parse(literal(Host.GATEWAY, towards(Host.SERVER), ipv6))
                .orElseThrow();
    }

    /** Returns the name of the namespace that a host is. */
    String namespace(Host host) {
        return prefix + '-' + host.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Runs this on a thread of the host: the sockets that it opens, and the programs and threads that it starts, are on that host. The
     * result is returned to the calling thread.
     */
    <T> T on(Host host, Callable<T> task) {
        try {
            return Objects.requireNonNull(threads.get(host)).submit(task).get();
        } catch (ExecutionException e) {
            // The caller must see a skipped test as one.
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new AssertionError("on the " + host.name().toLowerCase(Locale.ROOT), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Runs a program on a host to its end, with this text as its input, and returns what it printed; another exit status than 0 is a failure. */
    String run(Host host, List<String> command, String input) {
        return on(host, () -> succeed(command, input));
    }

    private String succeed(List<String> command, String input) {
        try (Program program = Program.start(folder, command, Map.of(), input)) {
            int status = program.await(PATIENCE);
            if (status != 0) {
                throw new AssertionError(
                        String.join(" ", command) + " ended with " + status + ":\n" + program.output());
            }
            return program.output();
        }
    }

    private void ip(String arguments, Host... namespaces) {
        Object[] names = Stream.of(namespaces).map(this::namespace).toArray();
        succeed(List.of(("ip " + arguments.formatted(names)).split(" ")), "");
    }

    private Thread thread(Host host, Runnable task) {
        Thread thread = new Thread(
                () -> {
                    enter(namespace(host));
                    task.run();
                },
                namespace(host));
        thread.setDaemon(true);
        return thread;
    }

    /** Moves the calling thread to a network namespace (setns(2)). */
    private static void enter(String namespace) {
        int descriptor = LibC.open("/run/netns/" + namespace, O_RDONLY);
        try {
            LibC.setns(descriptor, CLONE_NEWNET);
        } finally {
            LibC.close(descriptor);
        }
    }

    /** Ends what still runs on the hosts, and deletes them. */
    @Override
    public void close() {
        threads.values().forEach(ExecutorService::shutdownNow);
        List<String> failures = new ArrayList<>();
        for (String namespace : created) {
            try {
                succeed(List.of("ip", "netns", "pids", namespace), "")
                        .lines()
                        .map(Long::parseLong)
                        .forEach(pid -> ProcessHandle.of(pid)
                                .filter(process -> !process.equals(ProcessHandle.current()))
                                .ifPresent(ProcessHandle::destroyForcibly));
                ip("netns del " + namespace);
            } catch (AssertionError e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        created.clear();
        Workspace.delete(folder);
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join("\n", failures));
        }
    }

    /** The system's calls. */
    private static final class LibC {
        static {
            Native.register("c");
        }

        static native int open(String path, int flags) throws LastErrorException;

        static native int setns(int descriptor, int kind) throws LastErrorException;

        static native int close(int descriptor) throws LastErrorException;
    }
}
