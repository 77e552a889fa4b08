package io.ftpalg.data;

import io.netty.channel.EventLoop;
import java.util.function.Consumer;

/**
 * Chooses the relay for two legs.
 *
 * <p>Today every leg is a {@link ChannelLeg} and every relay a {@link BufferRelay}. The seat for zero copy is here: legs on
 * raw epoll sockets, which {@link DataChannels} then opens in place of channels, join by a splice relay when both are raw
 * and no byte needs to be seen; in any other pair the raw one is wrapped into a channel first, and BufferRelay joins them.
 */
final class DataRelays {
    private DataRelays() {
    }

    static DataRelay join(EventLoop loop, DataLeg client, DataLeg server, RelayPlan plan, Consumer<RelayResult> end) {
        BufferRelay relay = new BufferRelay(loop, channelLeg(client).handOver(), channelLeg(server).handOver(), plan, end);
        relay.start();
        return relay;
    }

    private static ChannelLeg channelLeg(DataLeg leg) {
        if (leg instanceof ChannelLeg channelLeg) {
            return channelLeg;
        }
        throw new IllegalArgumentException("not a leg that was opened here: " + leg);
    }
}
