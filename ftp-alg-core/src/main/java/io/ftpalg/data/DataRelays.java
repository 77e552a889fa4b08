package io.ftpalg.data;

import io.ftpalg.data.channel.ChannelLeg;
import io.ftpalg.data.epoll.Pipes;
import io.ftpalg.data.epoll.RawLeg;
import io.ftpalg.data.epoll.RawSocket;
import io.ftpalg.data.epoll.SpliceRelay;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.relay.BufferRelay;
import io.ftpalg.data.relay.DataRelay;
import io.ftpalg.data.relay.RelayMemory;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayResult;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the relay for two legs, on one page: two bare sockets, whose bytes need no processing, are joined by a
 * {@link SpliceRelay}; two channels by a {@link BufferRelay}; of a mixed pair, or for TLS or an inspection, a bare socket becomes a channel
 * first.
 *
 * <p>Has what the relays of one event loop share; on that loop only.
 */
public final class DataRelays {
    private static final Logger logger = LoggerFactory.getLogger(DataRelays.class);

    private final EventLoop loop;
    private final Pipes pipes;
    private final RelayMemory memory;
    private boolean warned;

    public DataRelays(EventLoop loop, Pipes pipes, RelayMemory memory) {
        this.loop = loop;
        this.pipes = pipes;
        this.memory = memory;
    }

    public DataRelay join(DataLeg client, DataLeg server, RelayPlan plan, Consumer<RelayResult> end) {
        if (plan.isOpaque()
                && client instanceof RawLeg rawClient
                && server instanceof RawLeg rawServer
                && loop instanceof IoEventLoop ioLoop) {
            SpliceRelay relay = new SpliceRelay(
                    ioLoop, rawClient.handOver(), rawServer.handOver(), pipes, this::joinUnspliceable, plan, end);
            relay.start();
            return relay;
        }
        return joinChannels(channel(client), channel(server), plan, end);
    }

    private DataRelay joinUnspliceable(
            RawSocket client, RawSocket server, RelayPlan plan, Consumer<RelayResult> end, IOException reason) {
        logUnspliceable(reason);
        return joinChannels(wrap(client), wrap(server), plan, end);
    }

    /** Logs that the kernel does not splice some data connections: once, since each transfer would repeat it. */
    private void logUnspliceable(IOException reason) {
        if (!warned) {
            warned = true;
            logger.warn(
                    "splice does not work on some data connections, which are copied instead (reported once for each event"
                            + " loop): {}",
                    reason.getMessage());
        }
    }

    private DataRelay joinChannels(
            SocketChannel client, SocketChannel server, RelayPlan plan, Consumer<RelayResult> end) {
        BufferRelay relay = new BufferRelay(loop, client, server, memory, plan, end);
        relay.start();
        return relay;
    }

    private SocketChannel channel(DataLeg leg) {
        if (leg instanceof ChannelLeg channelLeg) {
            return channelLeg.handOver();
        }
        if (leg instanceof RawLeg rawLeg) {
            return wrap(rawLeg.handOver());
        }
        throw new IllegalArgumentException("not a leg that was opened here: " + leg);
    }

    private SocketChannel wrap(RawSocket socket) {
        SocketChannel channel = RawLeg.wrap(socket);
        loop.register(channel).addListener((ChannelFuture registered) -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly();
            }
        });
        return channel;
    }
}
