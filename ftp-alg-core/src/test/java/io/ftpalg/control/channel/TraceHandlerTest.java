package io.ftpalg.control.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceHandlerTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void showsWhatPassesWithTheClientAndChangesNothing() {
        EmbeddedChannel channel = channel(Side.CLIENT);
        FtpCommand command = FtpCommand.of(FtpVerb.PASS, "secret");
        FtpReply reply = FtpReply.of(230, "in");

        channel.writeInbound(command);
        channel.writeOutbound(reply);

        assertThat(lines).containsExactly("FROM_CLIENT PASS ****", "TO_CLIENT 230 in");
        assertThat(channel.inboundMessages()).containsExactly(command);
        assertThat(channel.outboundMessages()).containsExactly(reply);
    }

    @Test
    void showsWhatPassesWithTheServer() {
        EmbeddedChannel channel = channel(Side.SERVER);

        channel.writeOutbound(FtpCommand.of(FtpVerb.USER, "joe"));
        channel.writeInbound(new ReplyLine(331, ReplyLine.Position.ONLY, "password"));

        assertThat(lines).containsExactly("TO_SERVER USER joe", "FROM_SERVER 331 password");
    }

    private EmbeddedChannel channel(Side side) {
        return new EmbeddedChannel(
                new TraceHandler(side, new TraceText(), (direction, text) -> lines.add(direction + " " + text)));
    }
}
