package io.ftpalg.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A client that sends the same lines for ever on a thread of its own and reads nothing. The gateway's end is looked at. */
final class Flood implements AutoCloseable {
    private static final int PIECE = 16 << 10;

    private final TestNetwork network;
    private final Socket socket;
    private final Channel gateway;
    private final CompletableFuture<Void> sending;

    /** Sends as many bytes of this line; the client is the last that the network accepted. */
    Flood(TestNetwork network, Peer client, String line, long bytes) {
        this.network = network;
        socket = client.socket;
        gateway = network.accepted.get(network.accepted.size() - 1);
        byte[] piece =
                (line + "\r\n").repeat(Math.max(1, PIECE / (line.length() + 2))).getBytes(ISO_8859_1);
        sending = CompletableFuture.runAsync(
                () -> {
                    try {
                        for (long sent = 0; sent < bytes; sent += piece.length) {
                            socket.getOutputStream().write(piece);
                        }
                    } catch (IOException e) {
                        // The gateway has closed, or the test is over.
                    }
                },
                task -> new Thread(task, "flood").start());
    }

    /** The gateway sends nothing to its client from now on, as if that did not read. */
    static void holdReplies(TestNetwork network) {
        Channel gateway = network.accepted.get(network.accepted.size() - 1);
        network.run(() -> gateway.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext ctx) {
                // Nothing leaves.
            }
        }));
    }

    /** Waits until the client is not read any more, or closed. */
    void awaitHalt() {
        await().atMost(TestNetwork.PATIENCE).until(this::isHalted);
    }

    /** Waits until the client is not read for some time, or closed: the whole chain of buffers is full. */
    void awaitStandstill() {
        await().atMost(TestNetwork.PATIENCE).during(Duration.ofMillis(300)).until(this::isHalted);
    }

    private boolean isHalted() {
        return network.<Boolean>call(() -> !gateway.config().isAutoRead() || !gateway.isActive());
    }

    boolean isSent() {
        return sending.isDone();
    }

    /** Returns how many bytes wait in the gateway to be sent to the client. */
    long waiting() {
        return network.<Long>call(() -> {
            ChannelOutboundBuffer buffer = gateway.unsafe().outboundBuffer();
            return buffer == null ? 0 : buffer.totalPendingWriteBytes();
        });
    }

    boolean isOpen() {
        return gateway.isActive();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            sending.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
