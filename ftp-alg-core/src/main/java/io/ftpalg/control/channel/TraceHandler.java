package io.ftpalg.control.channel;

import io.ftpalg.live.TraceLine.Direction;
import io.ftpalg.protocol.Side;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.function.BiConsumer;

/** Shows what passes on one control connection, decoded, and changes nothing. In the pipeline while its session is traced. */
public final class TraceHandler extends ChannelDuplexHandler {
    private final Direction in;
    private final Direction out;
    private final TraceText text;
    private final BiConsumer<Direction, String> lines;

    /**
     * Makes the handler of one connection.
     *
     * @param side whose control connection
     * @param text makes text of what passes, for both connections of the session
     * @param lines receives the lines
     */
    public TraceHandler(Side side, TraceText text, BiConsumer<Direction, String> lines) {
        this.in = side == Side.CLIENT ? Direction.FROM_CLIENT : Direction.FROM_SERVER;
        this.out = side == Side.CLIENT ? Direction.TO_CLIENT : Direction.TO_SERVER;
        this.text = text;
        this.lines = lines;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        show(in, message);
        super.channelRead(ctx, message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        show(out, message);
        super.write(ctx, message, promise);
    }

    private void show(Direction direction, Object message) {
        text.of(message).forEach(line -> lines.accept(direction, line));
    }
}
