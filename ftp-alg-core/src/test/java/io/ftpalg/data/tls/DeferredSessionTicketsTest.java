package io.ftpalg.data.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NettyLeakDetectorExtension.class)
class DeferredSessionTicketsTest {
    private static final String HELLO = "1603010004deadbeef";
    private static final String OTHER_CIPHERS = "140303000101";
    private static final String EMPTY_RECORD = "1603030000";
    private static final String ENCRYPTED = "1703030002cafe";
    private static final String TICKET = "1703030003abcdef";
    private static final String NOTIFY = "17030300021234";

    private final DeferredSessionTickets tickets = new DeferredSessionTickets();
    private final EmbeddedChannel channel = new EmbeddedChannel(tickets);

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 100})
    void holdsWhatIsEncryptedOnceTheClientHasEncrypted(int size) {
        String records = HELLO + OTHER_CIPHERS + EMPTY_RECORD + ENCRYPTED;
        receive(records.substring(0, records.length() - 2 * 7), size);
        write(TICKET);
        assertThat(sent()).as("still the handshake").containsExactly(TICKET);

        receive(ENCRYPTED, size);
        write(TICKET);

        assertThat(sent()).isEmpty();
        tickets.release();
        write(NOTIFY);
        assertThat(sent()).containsExactly(TICKET, NOTIFY);
    }

    /** In TLS 1.2 a client may begin before the server's last flight (RFC 7918), which it must get. */
    @Test
    void holdsNoHandshakeAndNoAlert() {
        receive(HELLO + ENCRYPTED, 100);

        write(OTHER_CIPHERS);
        write(EMPTY_RECORD);
        write("15030300020100");

        assertThat(sent()).containsExactly(OTHER_CIPHERS, EMPTY_RECORD, "15030300020100");
    }

    @Test
    void keepsTheOrder() {
        receive(ENCRYPTED, 100);

        write(TICKET);
        write(EMPTY_RECORD);

        assertThat(sent()).isEmpty();
        tickets.release();
        channel.flush();
        assertThat(sent()).containsExactly(TICKET, EMPTY_RECORD);
    }

    @Test
    void holdsNothingOnceItWasReleased() {
        receive(ENCRYPTED, 100);
        tickets.release();

        write(TICKET);

        assertThat(sent()).containsExactly(TICKET);
    }

    /** An alert that says why. */
    @Test
    void sendsWhatIsHeldBeforeItCloses() {
        receive(ENCRYPTED, 100);
        write(TICKET);

        channel.close();

        assertThat(sent()).containsExactly(TICKET);
    }

    @Test
    void sendsWhatIsHeldBeforeItLeaves() {
        receive(ENCRYPTED, 100);
        write(TICKET);

        channel.pipeline().remove(tickets);
        channel.flush();

        assertThat(sent()).containsExactly(TICKET);
    }

    @Test
    void failsWhatIsHeldWhenTheConnectionIsLost() {
        receive(ENCRYPTED, 100);
        ChannelFuture ticket = channel.write(bytes(TICKET));

        channel.unsafe().closeForcibly();
        channel.runPendingTasks();
        channel.finishAndReleaseAll();

        assertThat(ticket.cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void passesOnWhatItReads() {
        receive(HELLO + ENCRYPTED, 3);

        List<String> pieces = new ArrayList<>();
        for (ByteBuf piece = channel.readInbound(); piece != null; piece = channel.readInbound()) {
            pieces.add(ByteBufUtil.hexDump(piece));
            piece.release();
        }
        assertThat(String.join("", pieces)).isEqualTo(HELLO + ENCRYPTED);
    }

    private void receive(String hex, int size) {
        byte[] all = ByteBufUtil.decodeHexDump(hex);
        for (int at = 0; at < all.length; at += size) {
            channel.writeInbound(Unpooled.copiedBuffer(all, at, Math.min(size, all.length - at)));
        }
    }

    private void write(String hex) {
        channel.writeAndFlush(bytes(hex));
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    private List<String> sent() {
        List<String> all = new ArrayList<>();
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            all.add(ByteBufUtil.hexDump(piece));
            piece.release();
        }
        return all;
    }
}
