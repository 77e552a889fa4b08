package io.ftpalg.control.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Keeps what a client sent behind its request, while that is decided on: the next handler in its place receives it. Nothing is read
 * meanwhile, so it is less than one read.
 */
final class PendingBytes extends ByteToMessageDecoder {
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        // They are the next decoder's.
    }
}
