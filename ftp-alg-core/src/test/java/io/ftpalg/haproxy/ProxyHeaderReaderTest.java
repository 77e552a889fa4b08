package io.ftpalg.haproxy;

import static io.ftpalg.haproxy.ProxyHeaderReader.Start.HEADER;
import static io.ftpalg.haproxy.ProxyHeaderReader.Start.OTHER;
import static io.ftpalg.haproxy.ProxyHeaderReader.Start.UNDECIDED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderReaderTest {

    /** L8. */
    @Test
    void readsVersion1AndLeavesWhatFollows() throws ProxyHeaderException {
        ByteBuf in = bytes("PROXY TCP4 192.0.2.7 198.51.100.2 40000 21\r\nUSER joe\r\n");

        Optional<ProxyHeader> header = read(in);

        assertThat(header)
                .contains(new ProxyHeader(
                        Optional.of(new InetSocketAddress("192.0.2.7", 40000)),
                        Optional.of(new InetSocketAddress("198.51.100.2", 21))));
        assertThat(in.toString(ISO_8859_1)).isEqualTo("USER joe\r\n");
    }

    @Test
    void readsVersion2AndLeavesWhatFollows() throws ProxyHeaderException {
        ByteBuf in = bytes(v2(0x21, 0x11, ipv4(), tlv(0x02, "ftp.example")) + "\26\3\1");

        Optional<ProxyHeader> header = read(in);

        assertThat(header)
                .contains(new ProxyHeader(
                        Optional.of(new InetSocketAddress("192.0.2.7", 40000)),
                        Optional.of(new InetSocketAddress("198.51.100.2", 21))));
        assertThat(in.toString(ISO_8859_1)).isEqualTo("\26\3\1");
    }

    @Test
    void readsIpv6OfBothVersions() throws ProxyHeaderException {
        ProxyHeader expected = new ProxyHeader(
                Optional.of(new InetSocketAddress("2001:db8::7", 40000)),
                Optional.of(new InetSocketAddress("2001:db8::2", 21)));
        String two = " \1\r\u00b8\0\0\0\0\0\0\0\0\0\0\0\7" + " \1\r\u00b8\0\0\0\0\0\0\0\0\0\0\0\2" + ports();

        assertThat(read(bytes("PROXY TCP6 2001:db8::7 2001:db8::2 40000 21\r\n")))
                .contains(expected);
        assertThat(read(bytes(v2(0x21, 0x21, two, "")))).contains(expected);
    }

    /** A client of IPv4 that came in by a socket of IPv6 is one of IPv4. */
    @Test
    void readsMappedAddressesAsIpv4() throws ProxyHeaderException {
        assertThat(read(bytes("PROXY TCP6 ::ffff:192.0.2.7 ::ffff:198.51.100.2 40000 21\r\n")))
                .contains(new ProxyHeader(
                        Optional.of(new InetSocketAddress("192.0.2.7", 40000)),
                        Optional.of(new InetSocketAddress("198.51.100.2", 21))));
    }

    @Test
    void readsByteByByte() throws ProxyHeaderException {
        String header = v2(0x21, 0x11, ipv4(), tlv(0x05, "id"));
        try (ProxyHeaderReader reader = new ProxyHeaderReader()) {
            for (int i = 0; i < header.length() - 1; i++) {
                assertThat(reader.read(bytes(header.substring(i, i + 1)))).isEmpty();
            }
            assertThat(reader.read(bytes(header.substring(header.length() - 1))))
                    .isPresent();
        }
    }

    @Test
    void namesNobodyInLocalUnknownAndUnixHeaders() throws ProxyHeaderException {
        assertThat(read(bytes("PROXY UNKNOWN\r\n"))).contains(ProxyHeader.LOCAL);
        assertThat(read(bytes("PROXY UNKNOWN 192.0.2.7 198.51.100.2 1 2\r\n"))).contains(ProxyHeader.LOCAL);
        assertThat(read(bytes(v2(0x20, 0x00, "", "")))).contains(ProxyHeader.LOCAL);
        assertThat(read(bytes(v2(0x20, 0x11, ipv4(), "")))).contains(ProxyHeader.LOCAL);
        assertThat(read(bytes(v2(0x21, 0x00, "", "")))).contains(ProxyHeader.LOCAL);
        assertThat(read(bytes(v2(0x21, 0x31, "a".repeat(216), "")))).contains(ProxyHeader.LOCAL);
    }

    @Test
    void dropsADestinationThatIsNoHost() throws ProxyHeaderException {
        assertThat(read(bytes("PROXY TCP4 192.0.2.7 0.0.0.0 40000 21\r\n"))
                        .orElseThrow()
                        .destination())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 0.0.0.0 198.51.100.2 1 2\r\n",
                "PROXY TCP4 224.0.0.1 198.51.100.2 1 2\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.2 1\r\n",
                "PROXY TCP4 192.0.2.256 198.51.100.2 1 2\r\n",
                "PROXY TCP4 localhost 198.51.100.2 1 2\r\n",
                "PROXY TCP4 2001:db8::1 198.51.100.2 1 2\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.2 70000 2\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.2 x 2\r\n",
                "PROXY UDP4 192.0.2.7 198.51.100.2 1 2\r\n",
                "PROXY  TCP4 192.0.2.7 198.51.100.2 1 2\r\n",
                "PROXY TCP6 fe80::1%eth0 2001:db8::2 1 2\r\n",
                "proxy TCP4 192.0.2.7 198.51.100.2 1 2\r\n"
            })
    void refusesBrokenHeadersOfVersion1(String header) {
        assertThatThrownBy(() -> read(bytes(header))).isInstanceOf(ProxyHeaderException.class);
    }

    @Test
    void refusesBrokenHeadersOfVersion2() {
        for (String header : new String[] {
            v2(0x11, 0x11, ipv4(), ""),
            v2(0x31, 0x11, ipv4(), ""),
            v2(0x22, 0x11, ipv4(), ""),
            v2(0x21, 0x41, ipv4(), ""),
            v2(0x21, 0x12, ipv4(), ""),
            v2(0x21, 0x11, "short", ""),
            v2(0x21, 0x21, ipv4(), ""),
            v2(0x21, 0x31, ipv4(), ""),
            v2(0x21, 0x11, ipv4(), "\2\u00ff\u00ffx"),
            v2(0x21, 0x11, ipv4(), "\2\0\1x" + "\2\u00ff\u00ffx"),
            v2(0x21, 0x11, ipv4(), tlv(0x20, "x"))
        }) {
            assertThat(catchThrowable(() -> read(bytes(header))))
                    .as(HexFormat.of().formatHex(header.getBytes(ISO_8859_1)))
                    .isInstanceOf(ProxyHeaderException.class);
        }
    }

    @Test
    void boundsBothVersions() throws ProxyHeaderException {
        String longest = v2(0x21, 0x11, ipv4(), tlv(0xEE, "x".repeat(536 - 16 - 12 - 3)));
        assertThat(longest).hasSize(ProxyHeaderReader.MAX_BYTES);
        String line = "PROXY UNKNOWN " + "x".repeat(107 - 16) + "\r\n";
        assertThat(line).hasSize(107);

        assertThat(read(bytes(longest))).isPresent();
        assertThat(read(bytes(line))).isPresent();
        assertThatThrownBy(() -> read(bytes(v2(0x21, 0x11, ipv4(), tlv(0xEE, "x".repeat(536 - 16 - 12 - 2))))))
                .isInstanceOf(ProxyHeaderException.class);
        assertThatThrownBy(() -> read(bytes("PROXY UNKNOWN " + "x".repeat(107 - 15) + "\r\n")))
                .isInstanceOf(ProxyHeaderException.class);
        assertThatThrownBy(() -> read(bytes("PROXY " + "x".repeat(1 << 20)))).isInstanceOf(ProxyHeaderException.class);
    }

    @Test
    void tellsHeadersFromOtherBytes() {
        for (int length = 0; length < 6; length++) {
            assertThat(start("PROXY ".substring(0, length))).isEqualTo(UNDECIDED);
        }
        String signature = v2(0x21, 0x11, "", "");
        for (int length = 0; length < 12; length++) {
            assertThat(start(signature.substring(0, length))).isEqualTo(UNDECIDED);
        }
        assertThat(start("PROXY T")).isEqualTo(HEADER);
        assertThat(start("PROXY ")).isEqualTo(HEADER);
        assertThat(start(signature.substring(0, 12))).isEqualTo(HEADER);
        assertThat(start("USER joe\r\n")).isEqualTo(OTHER);
        assertThat(start("PROT P\r\n")).isEqualTo(OTHER);
        assertThat(start("\r\n")).isEqualTo(UNDECIDED);
        assertThat(start("\r\nUSER")).isEqualTo(OTHER);
        assertThat(start("\26\3\1")).isEqualTo(OTHER);
    }

    private static ProxyHeaderReader.Start start(String bytes) {
        return ProxyHeaderReader.start(bytes(bytes));
    }

    private static Optional<ProxyHeader> read(ByteBuf in) throws ProxyHeaderException {
        try (ProxyHeaderReader reader = new ProxyHeaderReader()) {
            return reader.read(in);
        }
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
    }

    private static String v2(int command, int protocol, String addresses, String tlvs) {
        int length = addresses.length() + tlvs.length();
        return "\r\n\r\n\0\r\nQUIT\n" + (char) command + (char) protocol + (char) (length >> 8) + (char) (length & 0xFF)
                + addresses + tlvs;
    }

    private static String ipv4() {
        return "\u00c0\0\2\7" + "\u00c63d\2" + ports();
    }

    private static String ports() {
        return "" + (char) (40000 >> 8) + (char) (40000 & 0xFF) + "\0\25";
    }

    private static String tlv(int type, String value) {
        return "" + (char) type + (char) (value.length() >> 8) + (char) (value.length() & 0xFF) + value;
    }
}
