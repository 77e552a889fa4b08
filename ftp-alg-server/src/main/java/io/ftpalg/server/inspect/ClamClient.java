package io.ftpalg.server.inspect;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.server.inspect.scan.ScanListener;
import io.ftpalg.server.inspect.scan.ScannerHealth;
import io.ftpalg.server.inspect.scan.TimedScan;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Connections to clamd, one for each scan, and so many at a time; and its health check. Has one event loop of its own, on which all else happens; the methods are
 * called from any thread.
 */
final class ClamClient implements AutoCloseable {
    /** How often it is asked by PING. */
    static final Duration CHECK = Duration.ofSeconds(10);

    private static final String NAME = "clamav";
    private static final byte[] PING = "zPING\0".getBytes(StandardCharsets.US_ASCII);

    private final ClamSettings settings;
    private final ScanListener scans;
    private final ScannerHealth health = new ScannerHealth(NAME);
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int open;

    private record Waiting(ClamReply.Listener listener, CompletableFuture<Channel> connected) {}

    ClamClient(ClamSettings settings, ScanListener scans) {
        this.settings = settings;
        this.scans = scans;
        this.group = FtpAlg.newEventLoops(TransportType.NIO, 1, new DefaultThreadFactory("ftp-alg-clamav", true));
        this.loop = group.next();
    }

    /** Begins with health checks. */
    ClamClient checked() {
        loop.execute(this::check);
        return this;
    }

    /** Returns the scan of a file. */
    Inspection scan() {
        return new TimedScan(NAME, new ClamScan(this), scans);
    }

    ScannerHealth health() {
        return health;
    }

    ClamSettings settings() {
        return settings;
    }

    EventLoop loop() {
        return loop;
    }

    /** Connects, once one of the connections is free; a result that is cancelled before takes none. */
    CompletableFuture<Channel> connect(ClamReply.Listener listener) {
        CompletableFuture<Channel> connected = new CompletableFuture<>();
        try {
            loop.execute(() -> {
                waiting.add(new Waiting(listener, connected));
                next();
            });
        } catch (RejectedExecutionException e) {
            connected.completeExceptionally(e);
        }
        return connected;
    }

    private void next() {
        while (open < settings.connections()) {
            Waiting first = waiting.poll();
            if (first == null) {
                return;
            }
            if (!first.connected().isDone()) {
                open++;
                connect(first);
            }
        }
    }

    private void connect(Waiting first) {
        dial(first.listener()).addListener((ChannelFuture done) -> {
            done.channel().closeFuture().addListener(closed -> {
                open--;
                next();
            });
            if (!done.isSuccess()) {
                health.unreachable("cannot connect to clamd");
                first.connected().completeExceptionally(done.cause());
            } else if (!first.connected().complete(done.channel())) {
                done.channel().close();
            }
        });
    }

    private ChannelFuture dial(ClamReply.Listener listener) {
        boolean unix = settings.address() instanceof UnixDomainSocketAddress;
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(unix ? NioDomainSocketChannel.class : NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new ClamReply(listener));
                    }
                });
        if (!unix) {
            bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                    Math.min(Integer.MAX_VALUE, settings.timeout().toMillis()));
        }
        return bootstrap.connect(settings.address());
    }

    /** On a connection of its own, beside those of scans. */
    private void check() {
        ClamCheck check = new ClamCheck();
        ChannelFuture connecting = dial(check);
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                connecting.channel().writeAndFlush(Unpooled.wrappedBuffer(PING));
            } else {
                check.failed("cannot connect to clamd");
            }
        });
        long millis = settings.timeout().toMillis();
        var timeout = loop.schedule(
                () -> check.failed("clamd did not answer within " + millis + " ms"), millis, TimeUnit.MILLISECONDS);
        check.result().thenAccept(reason -> {
            timeout.cancel(false);
            connecting.channel().close();
            if (loop.isShuttingDown()) {
                return;
            }
            if (reason.isEmpty()) {
                health.reachable();
            } else {
                health.unreachable(reason);
            }
            var unused = loop.schedule(this::check, CHECK.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
