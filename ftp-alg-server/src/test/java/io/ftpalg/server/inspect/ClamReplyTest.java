package io.ftpalg.server.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClamReplyTest implements ClamReply.Listener {
    private final List<String> events = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ClamReply(this));

    @Override
    public void replied(String text) {
        events.add("replied " + text);
    }

    @Override
    public void failed(String reason) {
        events.add("failed " + reason);
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    @Test
    void readsOneReplyInPieces() {
        receive("stream: ");
        receive("OK\0stream: X FOUND\0");

        assertThat(events).containsExactly("replied stream: OK");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void takesAReplyUpToItsBound() {
        receive("x".repeat(ClamReply.MOST - 1) + "\0");
        EmbeddedChannel other = new EmbeddedChannel(new ClamReply(this));
        other.writeInbound(Unpooled.copiedBuffer("x".repeat(ClamReply.MOST) + "\0", StandardCharsets.ISO_8859_1));

        assertThat(events).hasSize(2).allMatch(event -> event.startsWith("replied"));
    }

    @Test
    void failsWhereThereIsMore() {
        receive("x".repeat(ClamReply.MOST + 1));

        assertThat(events).containsExactly("failed clamd sent more than 4096 bytes");
    }

    @Test
    void failsWhereTheConnectionEndsFirst() {
        receive("stream: O");
        channel.close();

        assertThat(events).containsExactly("failed clamd closed the connection");
    }

    @Test
    void failsWithItsConnection() {
        channel.pipeline().fireExceptionCaught(new java.io.IOException("reset"));

        assertThat(events).containsExactly("failed the connection to clamd failed");
    }
}
