package io.ftpalg.data;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.socket.SocketChannel;
import java.util.function.Consumer;

/**
 * Chooses the relay for two legs, on one page: two bare sockets, whose bytes nobody has to see, are joined by a
 * {@link SpliceRelay}; two channels by a {@link BufferRelay}; of a mixed pair the bare socket becomes a channel first.
 */
final class DataRelays {
    private DataRelays() {
    }

    static DataRelay join(EventLoop loop, Pipes pipes, DataLeg client, DataLeg server, RelayPlan plan,
            Consumer<RelayResult> end) {
        if (client instanceof RawLeg rawClient && server instanceof RawLeg rawServer
                && loop instanceof IoEventLoop ioLoop) {
            SpliceRelay relay =
                    new SpliceRelay(ioLoop, rawClient.handOver(), rawServer.handOver(), pipes, plan, end);
            relay.start();
            return relay;
        }
        return joinChannels(loop, channel(loop, client), channel(loop, server), plan, end);
    }

    /** Joins bare sockets that cannot be spliced. */
    static DataRelay joinWrapped(EventLoop loop, RawSocket client, RawSocket server, RelayPlan plan,
            Consumer<RelayResult> end) {
        return joinChannels(loop, wrap(loop, client), wrap(loop, server), plan, end);
    }

    private static DataRelay joinChannels(EventLoop loop, SocketChannel client, SocketChannel server, RelayPlan plan,
            Consumer<RelayResult> end) {
        BufferRelay relay = new BufferRelay(loop, client, server, plan, end);
        relay.start();
        return relay;
    }

    private static SocketChannel channel(EventLoop loop, DataLeg leg) {
        if (leg instanceof ChannelLeg channelLeg) {
            return channelLeg.handOver();
        }
        if (leg instanceof RawLeg rawLeg) {
            return wrap(loop, rawLeg.handOver());
        }
        throw new IllegalArgumentException("not a leg that was opened here: " + leg);
    }

    private static SocketChannel wrap(EventLoop loop, RawSocket socket) {
        SocketChannel channel = RawLeg.wrap(socket);
        loop.register(channel).addListener((ChannelFuture registered) -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly();
            }
        });
        return channel;
    }
}
