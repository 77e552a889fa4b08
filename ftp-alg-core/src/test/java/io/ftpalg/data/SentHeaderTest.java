package io.ftpalg.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.DialRequest;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.haproxy.SentProxyHeader;
import io.ftpalg.policy.transfer.DataPath;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Data connections to a server that begin with a PROXY header: RawDial, ChannelDial. */
@ParameterizedClass
@MethodSource("io.ftpalg.data.Kind#available")
@Timeout(60)
@ExtendWith(NettyLeakDetectorExtension.class)
class SentHeaderTest {
    private static final String HEADER = "PROXY TCP4 192.0.2.7 198.51.100.2 40000 21\r\n";

    private final Kind kind;
    private final DataFixture fixture;

    SentHeaderTest(Kind kind) {
        this.kind = kind;
        this.fixture = new DataFixture(kind);
    }

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    private Wire dialled() throws IOException {
        SentProxyHeader header = SentProxyHeader.of(
                HAProxyProtocolVersion.V1,
                new InetSocketAddress("192.0.2.7", 40000),
                new InetSocketAddress("198.51.100.2", 21),
                List.of());
        try (ServerSocket server = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            RecordingListener events = new RecordingListener();
            DialRequest request = new DialRequest(
                            (InetSocketAddress) server.getLocalSocketAddress(), Optional.empty(), DataFixture.SECONDS)
                    .withHeader(Optional.of(header));
            DataLeg leg = fixture.call(() -> fixture.channels.dial(request, events));
            Socket peer = server.accept();
            events.connected();
            return new Wire(leg, peer);
        }
    }

    /** L8: before the transfer, so that the server knows the client when it accepts; and before any relay. */
    @Test
    void beginAConnectionThatIsNotRelayedYet() throws IOException {
        Wire server = dialled();

        assertThat(server.peer().getInputStream().readNBytes(HEADER.length())).isEqualTo(HEADER.getBytes(ISO_8859_1));

        fixture.run(server.leg()::close);
        assertThat(server.readAll()).isEmpty();
        server.peer().close();
    }

    @Test
    void comeBeforeAnUploadWhichIsSplicedAllTheSame() throws IOException {
        byte[] file = new byte[1_000_000];
        new Random(5).nextBytes(file);
        Wire client = fixture.listened();
        Wire server = dialled();

        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.UPLOAD));
        DataPath path = fixture.call(() -> joined.relay().path());
        Thread sender = new Thread(() -> {
            try {
                client.send(file);
                client.fin();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        sender.start();
        byte[] received = server.readAll();
        server.fin();

        assertThat(path).isEqualTo(kind == Kind.SPLICE ? DataPath.SPLICE : DataPath.BUFFER);
        assertThat(new String(received, 0, HEADER.length(), ISO_8859_1)).isEqualTo(HEADER);
        assertThat(received).endsWith(file).hasSize(HEADER.length() + file.length);
        assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
        assertThat(joined.result().bytesToServer()).isEqualTo(file.length);
        client.peer().close();
        server.peer().close();
    }

    @Test
    void leaveADownloadAsItIs() throws IOException {
        Wire client = fixture.listened();
        Wire server = dialled();

        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));
        assertThat(server.peer().getInputStream().readNBytes(HEADER.length())).isEqualTo(HEADER.getBytes(ISO_8859_1));
        server.send("content".getBytes(ISO_8859_1));
        server.fin();

        assertThat(client.readAll()).isEqualTo("content".getBytes(ISO_8859_1));
        client.fin();
        assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
        client.peer().close();
        server.peer().close();
    }
}
