package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FtpReplyAggregatorTest {
    private static final int LINES = 5;
    private static final int BYTES = 20;

    private static FtpReply gather(FtpReply reply) {
        EmbeddedChannel channel = new EmbeddedChannel(new FtpReplyAggregator(LINES, BYTES));
        channel.writeInbound(reply.split().toArray());
        FtpReply gathered = channel.readInbound();
        assertThat(channel.finish()).as("anything else").isFalse();
        return gathered;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, LINES})
    void givesAReplyBackAsItWas(int lines) {
        FtpReply reply = reply(lines);

        assertThat(gather(reply)).isEqualTo(reply);
    }

    @ParameterizedTest
    @ValueSource(ints = {LINES - 1, LINES, LINES + 1})
    void dropsLinesBeyondTheLimitButNotTheLast(int lines) {
        FtpReply gathered = gather(reply(lines));

        assertThat(gathered.lines()).hasSize(Math.min(lines, LINES)).endsWith("end");
    }

    @ParameterizedTest
    @ValueSource(ints = {BYTES - 1, BYTES, BYTES + 1})
    void dropsBytesBeyondTheLimitButNotTheLastLine(int bytes) {
        String middle = "m".repeat(bytes - 5);
        FtpReply gathered = gather(new FtpReply(211, List.of("12345", middle, "the end is long and always there")));

        assertThat(gathered.lines().contains(middle)).isEqualTo(bytes <= BYTES);
        assertThat(gathered.text()).isEqualTo("the end is long and always there");
    }

    @Test
    void keepsRepliesApart() {
        EmbeddedChannel channel = new EmbeddedChannel(new FtpReplyAggregator(LINES, BYTES));

        channel.writeInbound(reply(LINES + 3).split().toArray());
        channel.writeInbound(new ReplyLine(200, ReplyLine.Position.ONLY, "OK"));
        channel.writeInbound(reply(3).split().toArray());

        assertThat(channel.<FtpReply>readInbound().lines()).hasSize(LINES);
        assertThat(channel.<FtpReply>readInbound()).isEqualTo(FtpReply.of(200, "OK"));
        assertThat(channel.<FtpReply>readInbound()).isEqualTo(reply(3));
        channel.finish();
    }

    @Test
    void letsOtherMessagesPass() {
        EmbeddedChannel channel = new EmbeddedChannel(new FtpReplyAggregator(LINES, BYTES));

        channel.writeInbound("other");

        assertThat(channel.<String>readInbound()).isEqualTo("other");
        channel.finish();
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FtpReplyAggregator(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new FtpReplyAggregator(1, 0));
    }

    private static FtpReply reply(int lines) {
        List<String> texts = new ArrayList<>();
        for (int i = 1; i < lines; i++) {
            texts.add("l" + i);
        }
        texts.add("end");
        return new FtpReply(211, texts);
    }
}
