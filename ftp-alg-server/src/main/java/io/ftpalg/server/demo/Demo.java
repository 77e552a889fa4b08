package io.ftpalg.server.demo;

import io.ftpalg.FtpAlg;
import io.ftpalg.FtpAlgBuilder;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Side;
import io.ftpalg.routing.Routers;
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
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An FTP server, the gateway in front of it, and clients that move a file through. Used by the thread that made it;
 * {@link #close} may come from any thread, at any time.
 */
public final class Demo implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Demo.class);
    /** Address of the gateway, if it is free. */
    private static final int PORT = 2121;

    private final DemoReport report;
    private final AlgListener listener;
    private final boolean underTls;
    private final GatewayEye eye = new GatewayEye();
    /** What to close, latest first. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private boolean closed;

    /** Everything that {@link #start} made. */
    private record Running(DemoFiles files, DemoServer server, InetSocketAddress gateway, Optional<DemoTls> tls) {}

    private Optional<Running> running = Optional.empty();

    /** Makes a demo that prints there, under TLS or not; the listener receives the gateway's events. */
    public Demo(PrintWriter out, AlgListener listener, boolean underTls) {
        this.report = new DemoReport(out);
        this.listener = listener;
        this.underTls = underTls;
    }

    /** Starts the server and the gateway, and draws them. */
    public void start() throws IOException, InterruptedException {
        DemoAddresses addresses = DemoAddresses.pick();
        DemoFiles files = opened(DemoFiles.create());
        Optional<DemoTls> tls = underTls ? Optional.of(DemoTls.create(addresses, files)) : Optional.empty();
        DemoServer server =
                opened(DemoServer.start(addresses.server(), files.serverHome(), tls.map(DemoTls::ofServer)));
        FtpAlg gateway = opened(gateway(addresses.gateway(), server.address(), tls));
        InetSocketAddress bound = gateway.boundAddresses().get(0);
        running = Optional.of(new Running(files, server, bound, tls));
        report.picture(addresses, bound, server.address());
    }

    /** Moves a file of that many MiB up and down in each mode, checks every copy, and prints a table. */
    public void transfer(int mib) throws IOException {
        Running parties = running();
        Path upload = parties.files().makeUpload(mib);
        String expected = DemoFiles.sha256(upload);
        report.heading(Files.size(upload));
        // The first round shows how fast a JVM starts, not how fast the gateway is.
        DemoReport.Row warmUp = thereAndBack(parties, DemoMode.PASV, upload, expected);
        logger.debug("warm-up done seconds={}", (warmUp.uploadNanos() + warmUp.downloadNanos()) / 1e9);
        for (DemoMode mode : DemoMode.values()) {
            report.row(thereAndBack(parties, mode, upload, expected));
        }
        report.verified(2 * DemoMode.values().length, expected);
        if (underTls) {
            report.controlConnections(eye.control(Side.CLIENT), eye.control(Side.SERVER));
        }
    }

    /** Prints commands to try. */
    public void howToConnect(boolean keep) {
        report.howToConnect(running().gateway(), running().tls().map(DemoTls::gatewayFile), keep);
    }

    private DemoReport.Row thereAndBack(Running parties, DemoMode mode, Path upload, String expected)
            throws IOException {
        String name = "copy-" + mode.name().toLowerCase(Locale.ROOT) + ".bin";
        Optional<TrustManager> trust =
                parties.tls().isPresent() ? Optional.of(parties.tls().get().ofClient()) : Optional.empty();
        try (DemoClient client = DemoClient.connect(parties.gateway(), mode, trust)) {
            long start = System.nanoTime();
            client.upload(upload, name);
            long uploaded = System.nanoTime();
            TransferFinished unused = nextTransfer(mode);
            verify(expected, DemoFiles.sha256(parties.files().serverHome().resolve(name)), mode + " upload");
            long again = System.nanoTime();
            String received = client.download(name);
            long downloaded = System.nanoTime();
            TransferFinished told = nextTransfer(mode);
            verify(expected, received, mode + " download");
            return new DemoReport.Row(
                    mode,
                    client.dataPort(),
                    parties.server().eye().dataPort(),
                    Files.size(upload),
                    uploaded - start,
                    downloaded - again,
                    told.client().tls(),
                    told.server().tls());
        } catch (IOException e) {
            throw new IOException(mode + ": " + e.getMessage(), e);
        }
    }

    private TransferFinished nextTransfer(DemoMode mode) throws IOException {
        TransferFinished told = eye.nextTransfer();
        if (underTls && (told.client().tls().isEmpty() || told.server().tls().isEmpty())) {
            throw new IOException("the " + mode + " transfer was not under TLS");
        }
        return told;
    }

    private static void verify(String expected, String actual, String what) throws IOException {
        if (!expected.equals(actual)) {
            throw new IOException("the " + what + " is not what was sent");
        }
    }

    private FtpAlg gateway(InetAddress address, InetSocketAddress server, Optional<DemoTls> tls)
            throws IOException, InterruptedException {
        try {
            return start(new InetSocketAddress(address, PORT), server, tls);
        } catch (IOException taken) {
            return start(new InetSocketAddress(address, 0), server, tls);
        }
    }

    private FtpAlg start(InetSocketAddress address, InetSocketAddress server, Optional<DemoTls> tls)
            throws IOException, InterruptedException {
        ServerTls protection = tls.isPresent() ? ServerTls.explicit(ServerTls.Mode.REQUIRED) : ServerTls.OFF;
        HostPort upstream = new HostPort(server.getAddress().getHostAddress(), server.getPort());
        FtpAlgBuilder builder = FtpAlg.builder()
                .listen(address)
                .router(Routers.fixed(upstream, ServerDataMode.CLIENT, Optional.of(address.getAddress()), protection))
                .limits(Limits.defaults())
                .listener(listener)
                .listener(eye);
        if (tls.isPresent()) {
            tls.get().applyTo(builder);
        }
        FtpAlg gateway = builder.build();
        try {
            return gateway.start().toCompletableFuture().get();
        } catch (ExecutionException e) {
            gateway.close();
            throw new IOException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
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

    /** One that cannot be closed must not keep the others open; nothing more can be done about it. */
    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            logger.error("demo close failed what={}", resource, e);
        }
    }
}
