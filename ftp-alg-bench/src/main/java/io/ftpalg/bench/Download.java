package io.ftpalg.bench;

import io.ftpalg.data.DataChannels;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.DataLegListener;
import io.ftpalg.data.leg.DialRequest;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.Limits;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One transfer through {@link DataChannels}, as a session makes it: dial the server, listen for the client, join both. On the
 * event loop; done when the relay has ended and the client has read to the end.
 */
final class Download {
    private static final PassivePorts ANY = PassivePorts.ephemeral();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    static final RelayPlan IN_THE_CLEAR =
            new RelayPlan(RelayPlan.Flow.DOWNLOAD, PATIENCE, Limits.defaults().relayBuffer(), Duration.ofSeconds(1));

    private final DataChannels channels;
    private final DownloadPeers peers;
    private final EventLoop loop;
    private final RelayPlan plan;
    private final CompletableFuture<Long> received = new CompletableFuture<>();
    private final CompletableFuture<RelayResult> relayed = new CompletableFuture<>();
    private @Nullable DataLeg server;
    private @Nullable DataLeg client;
    private int connected;

    Download(DataChannels channels, DownloadPeers peers, EventLoop loop, RelayPlan plan) {
        this.channels = channels;
        this.peers = peers;
        this.loop = loop;
        this.plan = plan;
    }

    /** Starts it and returns how many bytes will have come. */
    CompletableFuture<Long> start() {
        loop.execute(this::open);
        return received.thenCombine(relayed, (bytes, result) -> {
            if (result.end() != RelayResult.End.COMPLETE) {
                throw new IllegalStateException("the relay ended " + result);
            }
            return bytes;
        });
    }

    private void open() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            server = channels.dial(new DialRequest(peers.server(), Optional.empty(), PATIENCE), new Ends());
            client = channels.listen(ListenRequest.of(loopback, ANY, loopback, 1), new Ends());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Receives the events of both connections. */
    private final class Ends implements DataLegListener {
        @Override
        public void onListening(InetSocketAddress local) {
            peers.read(local, received::complete);
        }

        @Override
        public void onConnected(InetSocketAddress local, InetSocketAddress remote) {
            connected++;
            if (connected == 2) {
                var unused = channels.relay(
                        Objects.requireNonNull(client), Objects.requireNonNull(server), plan, relayed::complete);
            }
        }

        @Override
        public void onFailed(DataFailure failure, String detail) {
            relayed.completeExceptionally(new IllegalStateException(failure + ": " + detail));
            received.completeExceptionally(new IllegalStateException(failure + ": " + detail));
        }

        @Override
        public void onUnexpectedPeer(InetSocketAddress remote) {}
    }
}
