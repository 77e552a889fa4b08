package io.ftpalg.control.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.control.TlsKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloTest {
    private static final int RECORD_AND_MESSAGE_HEADER = 5 + 4;
    private static final ClientHello SILENT = new ClientHello(Optional.empty(), List.of());

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void readsTheNameAndTheProtocols(String version) throws SSLException {
        ClientHello hello = ClientHello.parse(body(hello("Ftp.Example.ORG", version, "ftp", "http/1.1")));

        assertThat(hello.serverName()).contains("ftp.example.org");
        assertThat(hello.protocols()).containsExactly("ftp", "http/1.1");
    }

    @Test
    void readsAHelloThatSaysNeither() throws SSLException {
        assertThat(ClientHello.parse(body(hello("127.0.0.1", "TLSv1.3")))).isEqualTo(SILENT);
    }

    @Test
    void readsAHelloWithoutExtensions() {
        ByteBuf body = Unpooled.buffer()
                .writeZero(34)
                .writeByte(0)
                .writeShort(2)
                .writeShort(0x1301)
                .writeByte(1)
                .writeByte(0);

        assertThat(ClientHello.parse(body)).isEqualTo(SILENT);
    }

    @Test
    void takesNoNameThatIsNotAHost() {
        ByteBuf body = Unpooled.buffer()
                .writeZero(34)
                .writeByte(0)
                .writeShort(0)
                .writeByte(0)
                .writeShort(4 + 6)
                .writeShort(0)
                .writeShort(6)
                .writeShort(4)
                .writeByte(7)
                .writeShort(1)
                .writeByte('x');

        assertThat(ClientHello.parse(body)).isEqualTo(SILENT);
    }

    /** The TLS engine judges what is cut; here it must only do no harm. */
    @Test
    void isSilentWhereverItIsCut() throws SSLException {
        ByteBuf whole = body(hello(TlsKind.NAME, "TLSv1.3", "ftp"));

        for (int length = 0; length < whole.readableBytes(); length++) {
            assertThat(ClientHello.parse(whole.slice(whole.readerIndex(), length)))
                    .as("%s bytes", length)
                    .isEqualTo(SILENT);
        }
        assertThat(whole.readerIndex()).isEqualTo(RECORD_AND_MESSAGE_HEADER);
    }

    private static ByteBuf body(byte[] hello) {
        return Unpooled.wrappedBuffer(hello).skipBytes(RECORD_AND_MESSAGE_HEADER);
    }

    /** Returns the first record of a real client. */
    static byte[] hello(String host, String version, String... protocols) throws SSLException {
        SSLEngine engine = TlsKind.peers(TlsKind.CLIENT).createSSLEngine(host, 21);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), record);
        byte[] bytes = new byte[record.flip().remaining()];
        record.get(bytes);
        return bytes;
    }
}
