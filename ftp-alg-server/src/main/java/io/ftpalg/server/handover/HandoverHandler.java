package io.ftpalg.server.handover;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.unix.FileDescriptor;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running process's side of the dialogue ({@link HandoverMessages}). On the thread of the handover. */
final class HandoverHandler extends SimpleChannelInboundHandler<String> {
    private static final Logger logger = LoggerFactory.getLogger(HandoverHandler.class);

    private final HandoverTurns turns;
    private List<Integer> descriptors = List.of();
    private String expected = HandoverMessages.HELLO;

    HandoverHandler(HandoverTurns turns) {
        this.turns = turns;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, String line) {
        if (!line.equals(expected)) {
            refuse(ctx, "it speaks " + HandoverMessages.HELLO);
            return;
        }
        switch (line) {
            case HandoverMessages.HELLO -> offer(ctx);
            case HandoverMessages.SEND -> send(ctx);
            default -> release(ctx);
        }
    }

    private void offer(ChannelHandlerContext ctx) {
        Optional<String> unable = turns.begin(this);
        if (unable.isPresent()) {
            refuse(ctx, unable.get());
            return;
        }
        descriptors = turns.running().descriptors();
        if (descriptors.isEmpty() || descriptors.size() > HandoverMessages.MOST_SOCKETS) {
            refuse(ctx, descriptors.isEmpty() ? "it listens nowhere" : "it has too many listening sockets");
            return;
        }
        expected = HandoverMessages.SEND;
        HandoverMessages.write(ctx.channel(), HandoverMessages.SOCKETS + descriptors.size());
    }

    private void send(ChannelHandlerContext ctx) {
        expected = HandoverMessages.TAKEN;
        descriptors.forEach(descriptor -> ctx.write(new FileDescriptor(descriptor)));
        ctx.flush();
    }

    private void release(ChannelHandlerContext ctx) {
        expected = "";
        turns.release();
        HandoverMessages.write(ctx.channel(), HandoverMessages.RELEASED).addListener(ChannelFutureListener.CLOSE);
    }

    private static void refuse(ChannelHandlerContext ctx, String why) {
        HandoverMessages.write(ctx.channel(), HandoverMessages.REFUSED + why).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        turns.end(this);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        logger.warn("handover failed, this process continues: {}", cause.toString());
        ctx.close();
    }
}
