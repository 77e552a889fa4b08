package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Bytes to a handler and what became of them; text stands for bytes, one char each. */
final class Wire {

    /** What a handler passed on, fired and threw, in this order, and what it wrote back. */
    record Heard(List<Object> messages, String answered) {}

    private Wire() {}

    /** Feeds the segments, each as a read of its own, and checks that none of them is leaked. */
    static Heard feed(Supplier<? extends ChannelHandler> handler, String... segments) {
        Collector collector = new Collector();
        List<ByteBuf> fed = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(handler.get(), collector);
        for (int i = 0; i < segments.length; i++) {
            fed.add(buffer(channel, segments[i], i % 2 == 0));
            channel.writeInbound(fed.get(i));
        }
        String answered = written(channel);
        channel.finishAndReleaseAll();
        for (ByteBuf segment : fed) {
            assertThat(segment.refCnt()).as("references left").isZero();
        }
        return new Heard(List.copyOf(collector.heard), answered);
    }

    /** Feeds the bytes whole, one by one, and cut in two at every place, and checks that nothing depends on it. */
    static Heard feedAtEverySplit(Supplier<? extends ChannelHandler> handler, String bytes) {
        Heard whole = feed(handler, bytes);
        assertThat(feed(handler, bytes.split(""))).as("byte by byte").isEqualTo(whole);
        for (int at = 1; at < bytes.length(); at++) {
            assertThat(feed(handler, bytes.substring(0, at), bytes.substring(at)))
                    .as("cut at %d", at)
                    .isEqualTo(whole);
        }
        return whole;
    }

    /** Cuts the bytes at random places. */
    static String[] cut(Random random, String bytes) {
        List<String> segments = new ArrayList<>();
        int from = 0;
        while (from < bytes.length()) {
            int to = Math.min(bytes.length(), from + 1 + random.nextInt(random.nextBoolean() ? 4 : 40));
            segments.add(bytes.substring(from, to));
            from = to;
        }
        return segments.toArray(String[]::new);
    }

    static ByteBuf buffer(EmbeddedChannel channel, String bytes, boolean direct) {
        ByteBuf buffer = direct
                ? channel.alloc().directBuffer(bytes.length())
                : channel.alloc().heapBuffer(bytes.length());
        return buffer.writeBytes(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Returns all that the channel's handlers wrote and flushed. */
    static String written(EmbeddedChannel channel) {
        StringBuilder written = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            written.append(out.toString(StandardCharsets.ISO_8859_1));
            out.release();
        }
        return written.toString();
    }

    private static final class Collector extends ChannelInboundHandlerAdapter {
        private final List<Object> heard = new ArrayList<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            heard.add(msg);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            heard.add(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            heard.add(cause.getClass());
        }
    }
}
