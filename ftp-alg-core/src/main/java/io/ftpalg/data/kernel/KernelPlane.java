package io.ftpalg.data.kernel;

import io.ftpalg.data.epoll.PersistentEpollRegistration;
import io.ftpalg.data.netlink.NetlinkOpener;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's own path for the data of transfers: instead of a relay, elements in a table of nftables that send a connection on to the
 * other side, and a log of its SYN, FIN and RST.
 *
 * <p>Shared by all sessions and thread-safe. It has a thread of its own, on which it asks the kernel; its calls never block, and
 * results arrive on the loop of their session in a later turn. The table ends with the process, however that ends.
 */
public final class KernelPlane implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(KernelPlane.class);

    /** Some thousand packets, as the kernel accounts them. */
    private static final int LOG_BUFFER = 8 << 20;

    private static final KernelFlow NOTHING = new KernelFlow() {
        @Override
        public void remove() {}

        @Override
        public void cut() {}

        @Override
        public void poll(Consumer<FlowProgress> now) {}
    };

    private final KernelSettings settings;
    private final MultiThreadIoEventLoopGroup group;
    private final IoEventLoop loop;
    private final KernelAccess kernel;
    private final FlowWatch watch;
    private final CircuitBreaker breaker = new CircuitBreaker(System::nanoTime, this::onBreakerOpen);
    private final AtomicInteger flows = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    private KernelPlane(KernelSettings settings, KernelAccess kernel) {
        this.settings = settings;
        this.kernel = kernel;
        this.group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("ftp-alg-kernel-plane", true), PersistentEpollRegistration.newFactory());
        this.loop = group.next();
        this.watch = new FlowWatch(loop, kernel, breaker, flows::decrementAndGet, this::close);
    }

    /**
     * Takes the NFLOG group, adds the table, and begins to watch, in the network namespace of the calling thread.
     *
     * @throws IOException that names the capability, the kernel module or the setting that is in the way
     */
    public static KernelPlane start(KernelSettings settings, NetlinkOpener opener) throws IOException {
        return start(settings, opener, LOG_BUFFER);
    }

    static KernelPlane start(KernelSettings settings, NetlinkOpener opener, int logBuffer) throws IOException {
        KernelAccess kernel = KernelAccess.open(settings, opener, logBuffer);
        try {
            KernelPlane plane = new KernelPlane(settings, kernel);
            kernel.log().start(plane.loop, plane.watch);
            return plane;
        } catch (RuntimeException e) {
            kernel.close();
            throw new IOException("kernel data plane: no event loop: " + e.getMessage(), e);
        }
    }

    /** Returns whether a request has a chance: not while connections do not get through the kernel, nor after the end. */
    public boolean usable() {
        return !closed.get() && breaker.isClosed();
    }

    /** Returns how many requests are in the table, or connected. */
    public int flows() {
        return flows.get();
    }

    /**
     * Adds the elements of a request.
     *
     * @param session the loop on which the listener is called
     * @throws IllegalArgumentException if the own port is none of the plane's
     */
    public KernelFlow offload(EventLoop session, FlowRequest request, FlowListener listener) {
        if (settings.ports().stream()
                .noneMatch(ports -> ports.contains(request.own().getPort()))) {
            throw new IllegalArgumentException("port " + request.own().getPort() + " is none of " + settings.ports());
        }
        FlowEvents events = new FlowEvents(session, listener);
        if (flows.incrementAndGet() > settings.flows()) {
            return unavailable(events, "the kernel data plane has " + settings.flows() + " connections, its limit");
        }
        Flow flow = new Flow(request, events, watch);
        if (!usable() || !execute(flow::start)) {
            return unavailable(
                    events, closed.get() ? "the kernel data plane is closed" : "connections through the kernel fail");
        }
        return new Handle(flow);
    }

    private KernelFlow unavailable(FlowEvents events, String reason) {
        flows.decrementAndGet();
        events.unavailable(reason);
        return NOTHING;
    }

    private boolean execute(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** The loop and what runs on it, for tests. */
    IoEventLoop loop() {
        return loop;
    }

    FlowWatch watch() {
        return watch;
    }

    KernelAccess kernel() {
        return kernel;
    }

    private void onBreakerOpen() {
        List<String> chains = kernel.forwardChains();
        logger.warn(
                "kernel data plane unusable for {} s: {} connections in a row received no SYN ACK "
                        + "(forwarding: ipv4={} ipv6={}, set net.ipv4.ip_forward and net.ipv6.conf.all.forwarding to 1; "
                        + "forward chains of others: {}, let them accept connections with \"ct status dnat\")",
                CircuitBreaker.PAUSE.toSeconds(),
                CircuitBreaker.FAILURES,
                sysctl("ipv4/ip_forward"),
                sysctl("ipv6/conf/all/forwarding"),
                chains.isEmpty() ? "none" : chains);
    }

    private static String sysctl(String name) {
        try {
            return Files.readString(Path.of("/proc/sys/net", name)).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Removes the table, whereby connections that run are reset. Returns at once; {@link #terminated} tells when it is done. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            execute(() -> {
                watch.cutAll();
                kernel.close();
            });
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    /** Completes when the table is removed and the thread has ended. */
    public Future<?> terminated() {
        return group.terminationFuture();
    }

    /** A flow as its owner sees it: each call is carried out on the plane's loop. */
    private final class Handle implements KernelFlow {
        private final Flow flow;

        Handle(Flow flow) {
            this.flow = flow;
        }

        @Override
        public void remove() {
            execute(flow::remove);
        }

        @Override
        public void cut() {
            execute(flow::cut);
        }

        @Override
        public void poll(Consumer<FlowProgress> now) {
            execute(() -> flow.poll(now));
        }
    }
}
