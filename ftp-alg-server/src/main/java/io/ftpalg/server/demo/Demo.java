package io.ftpalg.server.demo;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.Routers;
import io.ftpalg.policy.ServerDataMode;
import io.ftpalg.protocol.HostPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An FTP server, the gateway in front of it, and clients that move a file through. Used by the thread that made it;
 * {@link #close} may come from any thread, at any time.
 */
public final class Demo implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Demo.class);
    /** Where the gateway listens if nobody else does. */
    private static final int PORT = 2121;

    private final DemoReport report;
    private final AlgListener listener;
    /** What to close, latest first. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    /** Everything that {@link #start} made. */
    private record Running(DemoFiles files, DemoServer server, InetSocketAddress gateway) {
    }

    private Optional<Running> running = Optional.empty();

    /** Makes a demo that prints there; the listener is told what the gateway does. */
    public Demo(PrintWriter out, AlgListener listener) {
        this.report = new DemoReport(out);
        this.listener = listener;
    }

    /** Starts the server and the gateway, and draws them. */
    public void start() throws IOException, InterruptedException {
        DemoAddresses addresses = DemoAddresses.pick();
        DemoFiles files = opened(DemoFiles.create());
        DemoServer server = opened(DemoServer.start(addresses.server(), files.serverHome()));
        FtpAlg gateway = opened(gateway(addresses.gateway(), server.address()));
        InetSocketAddress bound = gateway.boundAddresses().get(0);
        running = Optional.of(new Running(files, server, bound));
        report.picture(addresses, bound, server.address());
    }

    /** Moves a file of that many MiB up and down in each mode, checks every copy, and prints a table. */
    public void transfer(int mib) throws IOException {
        Running parties = running();
        Path upload = parties.files().makeUpload(mib);
        String expected = DemoFiles.sha256(upload);
        report.heading(Files.size(upload));
        for (DemoMode mode : DemoMode.values()) {
            report.row(thereAndBack(parties, mode, upload, expected));
        }
        report.verified(2 * DemoMode.values().length, expected);
    }

    /** Prints commands to try. */
    public void howToConnect(boolean keep) {
        report.howToConnect(running().gateway(), keep);
    }

    private static DemoReport.Row thereAndBack(Running parties, DemoMode mode, Path upload, String expected)
            throws IOException {
        String name = "copy-" + mode.name().toLowerCase(Locale.ROOT) + ".bin";
        try (DemoClient client = DemoClient.connect(parties.gateway(), mode)) {
            long start = System.nanoTime();
            client.upload(upload, name);
            long uploaded = System.nanoTime();
            verify(expected, DemoFiles.sha256(parties.files().serverHome().resolve(name)), mode + " upload");
            long again = System.nanoTime();
            String received = client.download(name);
            long downloaded = System.nanoTime();
            verify(expected, received, mode + " download");
            return new DemoReport.Row(mode, client.dataPort(), parties.server().eye().dataPort(), Files.size(upload),
                    uploaded - start, downloaded - again);
        } catch (IOException e) {
            throw new IOException(mode + ": " + e.getMessage(), e);
        }
    }

    private static void verify(String expected, String actual, String what) throws IOException {
        if (!expected.equals(actual)) {
            throw new IOException("the " + what + " is not what was sent");
        }
    }

    private FtpAlg gateway(InetAddress address, InetSocketAddress server) throws IOException, InterruptedException {
        try {
            return start(new InetSocketAddress(address, PORT), server);
        } catch (IOException taken) {
            return start(new InetSocketAddress(address, 0), server);
        }
    }

    private FtpAlg start(InetSocketAddress address, InetSocketAddress server)
            throws IOException, InterruptedException {
        HostPort upstream = new HostPort(server.getAddress().getHostAddress(), server.getPort());
        FtpAlg gateway = FtpAlg.builder()
                .listen(address)
                .router(Routers.fixed(upstream, ServerDataMode.CLIENT, Optional.of(address.getAddress())))
                .limits(Limits.defaults())
                .listener(listener)
                .build();
        try {
            return gateway.start().toCompletableFuture().get();
        } catch (ExecutionException e) {
            gateway.close();
            throw new IOException(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        }
    }

    private Running running() {
        return running.orElseThrow(() -> new IllegalStateException("the demo is not started"));
    }

    private <T extends AutoCloseable> T opened(T resource) throws IOException {
        synchronized (open) {
            if (!closed) {
                open.push(resource);
                return resource;
            }
        }
        closeQuietly(resource);
        throw new IOException("stopped");
    }

    /** Ends all and removes the files; does nothing the second time. */
    @Override
    public void close() {
        synchronized (open) {
            closed = true;
            while (!open.isEmpty()) {
                closeQuietly(open.pop());
            }
        }
    }

    /** One that cannot be closed must not keep the others open; there is nobody left who could do more about it. */
    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            logger.warn("demo close failed what={}", resource, e);
        }
    }
}
