package io.ftpalg.data.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Secret;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** L9: a BIND, byte by byte (RFC 1928 section 4, RFC 1929). */
@ExtendWith(NettyLeakDetectorExtension.class)
class SocksBindHandlerTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.7", 21);
    private static final InetAddress PROXY = IpLiteral.parse("198.51.100.9").orElseThrow();
    private static final String LISTENS = "05000001c633640ac350";
    private static final String CONNECTED = "05000001c00002070014";

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> events = new ArrayList<>();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void begin(InetSocketAddress server, Optional<String> user, Optional<InetAddress> address) {
        TunnelProxy proxy = new TunnelProxy(
                TunnelProxy.Protocol.SOCKS5, new HostPort("proxy", 1080), user, user.map(name -> Secret.of("secret")));
        SocksBind bind = new SocksBind(proxy, address, server, host -> host.equals(server.getAddress()));
        SocksBindHandler.begin(channel, bind, Duration.ofSeconds(30), new SocksBindHandler.Receiver() {
            @Override
            public void onListening(InetSocketAddress port) {
                events.add("listening " + IpLiteral.format(port));
            }

            @Override
            public void onConnected(InetSocketAddress peer) {
                events.add("connected " + IpLiteral.format(peer));
            }

            @Override
            public void onUnexpectedPeer(InetSocketAddress peer) {
                events.add("unexpected " + IpLiteral.format(peer));
            }

            @Override
            public void onFailed(DataFailure failure, String detail) {
                events.add(failure + " " + detail);
            }
        });
    }

    private void begin() {
        begin(SERVER, Optional.empty(), Optional.of(PROXY));
    }

    private String sent() {
        StringBuilder hex = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            byte[] all = new byte[bytes.readableBytes()];
            bytes.readBytes(all).release();
            hex.append(HexFormat.of().formatHex(all));
        }
        return hex.toString();
    }

    private void receive(String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
    }

    @Test
    void asksForTheServersConnection() {
        begin();
        assertThat(sent()).isEqualTo("050100");
        receive("0500");
        assertThat(sent()).isEqualTo("05020001c00002070015");
        receive(LISTENS);
        assertThat(events).containsExactly("listening 198.51.100.10:50000");
        receive(CONNECTED);

        assertThat(events).containsExactly("listening 198.51.100.10:50000", "connected 192.0.2.7:20");
        assertThat(channel.pipeline().names()).as("all handlers are gone").hasSize(1);
    }

    @Test
    void sendsUserAndPasswordWhereTheProxyWantsThem() {
        begin(SERVER, Optional.of("joe"), Optional.of(PROXY));
        assertThat(sent()).isEqualTo("05020002");
        receive("0502");
        assertThat(sent()).isEqualTo("01036a6f6506736563726574");
        receive("0100");
        assertThat(sent()).startsWith("0502");
    }

    /** All at once, with the file behind it, and one byte at a time. */
    @ParameterizedTest
    @CsvSource({"1000", "1", "7"})
    void leavesTheBytesBehindTheSecondReply(int size) {
        begin();
        String file = HexFormat.of().formatHex("the file".getBytes(US_ASCII));
        String all = "0500" + LISTENS + CONNECTED + file;
        for (int i = 0; i < all.length(); i += 2 * size) {
            receive(all.substring(i, Math.min(all.length(), i + 2 * size)));
        }

        assertThat(events).containsExactly("listening 198.51.100.10:50000", "connected 192.0.2.7:20");
        StringBuilder passed = new StringBuilder();
        for (ByteBuf bytes = channel.readInbound(); bytes != null; bytes = channel.readInbound()) {
            passed.append(bytes.toString(US_ASCII));
            bytes.release();
        }
        assertThat(passed.toString()).isEqualTo("the file");
    }

    @Test
    void asksForAServerByItsNameAndTakesWhoeverTheProxyLetIn() {
        begin(InetSocketAddress.createUnresolved("ftp.example", 21), Optional.empty(), Optional.of(PROXY));
        receive("0500" + LISTENS + "05000001c00002080014");

        assertThat(sent()).contains("05020003").contains(HexFormat.of().formatHex("ftp.example".getBytes(US_ASCII)));
        assertThat(events).containsExactly("listening 198.51.100.10:50000", "connected 192.0.2.8:20");
    }

    @Test
    void takesAnUnspecifiedAddressAsTheProxysOwnAndAnUnnamedPeerAsTheServer() {
        begin();
        receive("0500" + "0500000100000000c350" + "05000001000000000000");

        assertThat(events).containsExactly("listening 198.51.100.9:50000", "connected 192.0.2.7:21");
    }

    @Test
    void refusesAnotherPeer() {
        begin();
        receive("0500" + LISTENS + "05000001c00002080014");

        assertThat(events).containsExactly("listening 198.51.100.10:50000", "unexpected 192.0.2.8:20");
    }

    @ParameterizedTest
    @CsvSource({
        "05ff, unexpected authMethod: UNACCEPTED(255)",
        "0502, unexpected authMethod: PASSWORD(2)",
        "0500 05020001000000000000, BIND: status: FORBIDDEN(2)",
        "0500 05070001000000000000, BIND: status: COMMAND_UNSUPPORTED(7)",
        "0500 05000001c633640a0000, BIND: no address for the server: 198.51.100.10:0",
        "0500 0500000305686f737470c350, BIND: no address for the server: hostp:50000",
        "0500 0500000420010db8000000000000000000000007c350, BIND: no address for the server: 2001:db8::7:50000",
        "485454502f, its reply is not SOCKS5"
    })
    void failsWithTheFactWhereTheProxyDoesNotListen(String replies, String fact) {
        begin();
        for (String reply : replies.split(" ")) {
            receive(reply);
        }

        assertThat(events).singleElement().satisfies(event -> assertThat(
                        event.replace("2001:db8:0:0:0:0:0:7", "2001:db8::7"))
                .isEqualTo("NO_SOCKET socks5 proxy 198.51.100.9:1080: " + fact));
    }

    @Test
    void failsIfThePasswordIsWrongWithoutShowingIt() {
        begin(SERVER, Optional.of("joe"), Optional.empty());
        receive("0502");
        receive("0101");

        assertThat(events)
                .containsExactly(
                        "NO_SOCKET socks5 proxy proxy:1080: authStatus: " + Socks5PasswordAuthStatus.valueOf((byte) 1));
    }

    /** Only another proxy knows where it is. */
    @Test
    void failsIfAnUnspecifiedAddressIsThatOfAProxyByName() {
        begin(SERVER, Optional.empty(), Optional.empty());
        receive("0500" + "0500000100000000c350");

        assertThat(events)
                .containsExactly("NO_SOCKET socks5 proxy proxy:1080: BIND: no address for the server: 0.0.0.0:50000");
    }

    @Test
    void failsOnceHoweverItEnds() {
        begin();
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.pipeline().fireExceptionCaught(new IOException("reset"));
        channel.close();

        assertThat(events).containsExactly("NO_SOCKET socks5 proxy 198.51.100.9:1080: BIND: disconnected");
    }

    @Test
    void failsAsNotConnectedOnceItListens() {
        begin();
        receive("0500" + LISTENS);
        channel.pipeline().fireExceptionCaught(new IOException("connection reset by peer"));

        assertThat(events)
                .containsExactly(
                        "listening 198.51.100.10:50000",
                        "NOT_CONNECTED socks5 proxy 198.51.100.9:1080: connection reset by peer");
    }

    @Test
    void waitsForTheFirstReplySoLongAndForTheServerAsLongAsItsOwner() {
        begin();
        channel.advanceTimeBy(31, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(events).containsExactly("NO_SOCKET socks5 proxy 198.51.100.9:1080: BIND: no reply in time");
    }

    @Test
    void doesNotLimitTheTimeOfTheServer() {
        begin();
        receive("0500" + LISTENS);
        channel.advanceTimeBy(31, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(events).containsExactly("listening 198.51.100.10:50000");
    }
}
