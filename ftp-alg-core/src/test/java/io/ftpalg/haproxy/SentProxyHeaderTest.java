package io.ftpalg.haproxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.handler.codec.haproxy.HAProxyTLV;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** L8: the headers that are sent to servers. */
@ExtendWith(NettyLeakDetectorExtension.class)
class SentProxyHeaderTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.7", 40000);
    private static final InetSocketAddress DESTINATION = new InetSocketAddress("198.51.100.2", 21);
    private static final InetSocketAddress CLIENT6 = new InetSocketAddress("2001:db8::7", 40000);
    private static final InetSocketAddress DESTINATION6 = new InetSocketAddress("2001:db8::2", 21);

    private static String text(SentProxyHeader header) {
        return header.buffer().toString(ISO_8859_1);
    }

    private static String hex(SentProxyHeader header) {
        return HexFormat.of().formatHex(text(header).getBytes(ISO_8859_1));
    }

    private static SentProxyHeader v1(InetSocketAddress client, InetSocketAddress destination) {
        return SentProxyHeader.of(HAProxyProtocolVersion.V1, client, destination, List.of());
    }

    private static SentProxyHeader v2(InetSocketAddress client, InetSocketAddress destination, List<HAProxyTLV> tlvs) {
        return SentProxyHeader.of(HAProxyProtocolVersion.V2, client, destination, tlvs);
    }

    @Test
    void ofVersion1AreALine() {
        assertThat(text(v1(CLIENT, DESTINATION))).isEqualTo("PROXY TCP4 192.0.2.7 198.51.100.2 40000 21\r\n");
        assertThat(text(v1(CLIENT6, DESTINATION6))).isEqualTo("PROXY TCP6 2001:db8::7 2001:db8::2 40000 21\r\n");
    }

    /** As HAProxy has it: the header has one family. */
    @Test
    void mapIpv4WhereTheOtherAddressIsIpv6() {
        assertThat(text(v1(CLIENT, DESTINATION6))).isEqualTo("PROXY TCP6 ::ffff:192.0.2.7 2001:db8::2 40000 21\r\n");
        assertThat(text(v1(CLIENT6, DESTINATION))).isEqualTo("PROXY TCP6 2001:db8::7 ::ffff:198.51.100.2 40000 21\r\n");
        assertThat(hex(v2(CLIENT, DESTINATION6, List.of())))
                .isEqualTo("0d0a0d0a000d0a515549540a" + "21" + "21" + "0024" + "00000000000000000000ffffc0000207"
                        + "20010db8000000000000000000000002" + "9c40" + "0015");
    }

    @Test
    void ofVersion2AreBinary() {
        assertThat(hex(v2(CLIENT, DESTINATION, List.of())))
                .isEqualTo(
                        "0d0a0d0a000d0a515549540a" + "21" + "11" + "000c" + "c0000207" + "c6336402" + "9c40" + "0015");
        assertThat(hex(v2(CLIENT6, DESTINATION6, List.of())))
                .isEqualTo("0d0a0d0a000d0a515549540a" + "21" + "21" + "0024" + "20010db8000000000000000000000007"
                        + "20010db8000000000000000000000002" + "9c40" + "0015");
    }

    @Test
    void ofTheGatewayNameNobody() {
        assertThat(text(SentProxyHeader.ofGateway(HAProxyProtocolVersion.V1))).isEqualTo("PROXY UNKNOWN\r\n");
        assertThat(hex(SentProxyHeader.ofGateway(HAProxyProtocolVersion.V2)))
                .isEqualTo("0d0a0d0a000d0a515549540a" + "20" + "00" + "0000");
    }

    /** Another gateway takes them. */
    @ParameterizedTest
    @EnumSource(HAProxyProtocolVersion.class)
    void areReadAsTheyAreSent(HAProxyProtocolVersion version) throws ProxyHeaderException {
        assertThat(read(SentProxyHeader.of(version, CLIENT, DESTINATION6, List.of())))
                .isEqualTo(new ProxyHeader(Optional.of(CLIENT), Optional.of(DESTINATION6)));
        assertThat(read(SentProxyHeader.ofGateway(version))).isEqualTo(ProxyHeader.LOCAL);
    }

    private static ProxyHeader read(SentProxyHeader header) throws ProxyHeaderException {
        try (ProxyHeaderReader reader = new ProxyHeaderReader()) {
            return reader.read(header.buffer()).orElseThrow();
        }
    }

    @Test
    void haveWhatIsKnownOfTheSessionInTlvs() {
        List<HAProxyTLV> tlvs = new ArrayList<>();
        ProxyTlvs.authority("ftp.example.com").ifPresent(tlvs::add);
        tlvs.add(ProxyTlvs.ssl(
                "TLSv1.3", "TLS_AES_256_GCM_SHA384", Optional.of("CN=Joe \\\"J\\\" D\u00f6,OU=Users+CN=x,O=Example")));
        ProxyTlvs.uniqueId("42").ifPresent(tlvs::add);

        assertThat(tlvs(v2(CLIENT, DESTINATION, tlvs)))
                .isEqualTo(Map.of(
                        0x02, "ftp.example.com",
                        0x05, "42",
                        0x20, "client 7 verify 0",
                        0x21, "TLSv1.3",
                        0x22, "Joe \"J\" D\u00f6",
                        0x23, "TLS_AES_256_GCM_SHA384"));
    }

    /** The specification has zero for a certificate that was shown and verified only. */
    @Test
    void sayThatThereWasNoCertificate() {
        HAProxyTLV ssl = ProxyTlvs.ssl("TLSv1.2", "TLS_RSA_WITH_AES_128_CBC_SHA", Optional.empty());

        assertThat(tlvs(v2(CLIENT, DESTINATION, List.of(ssl))))
                .containsEntry(0x20, "client 1 verify 1")
                .doesNotContainKey(0x22);
    }

    /** Clients choose these names. */
    @Test
    void leaveOutWhatIsTooLongOrNoName() {
        assertThat(ProxyTlvs.authority("a".repeat(253))).isPresent().hasValueSatisfying(HAProxyTLV::release);
        assertThat(ProxyTlvs.authority("a".repeat(254))).isEmpty();
        for (String subject : List.of("CN=" + "\u00f6".repeat(33), "O=Example", "", "no name", "CN=#0c0161")) {
            HAProxyTLV ssl = ProxyTlvs.ssl("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.of(subject));

            assertThat(tlvs(v2(CLIENT, DESTINATION, List.of(ssl))))
                    .as(subject)
                    .doesNotContainKey(0x22)
                    .containsEntry(0x20, "client 7 verify 0");
        }
    }

    @Test
    void areNoLongerThanReceiversTake() throws ProxyHeaderException {
        List<HAProxyTLV> tlvs = new ArrayList<>();
        ProxyTlvs.authority("a".repeat(253)).ifPresent(tlvs::add);
        tlvs.add(ProxyTlvs.ssl("v".repeat(48), "c".repeat(48), Optional.of("CN=" + "n".repeat(64))));
        ProxyTlvs.uniqueId(String.valueOf(Long.MAX_VALUE)).ifPresent(tlvs::add);

        SentProxyHeader header = v2(CLIENT6, DESTINATION6, tlvs);

        assertThat(header.buffer().readableBytes()).isLessThanOrEqualTo(ProxyHeaderReader.MAX_BYTES);
        assertThat(tlvs(header)).hasSize(6);
        assertThat(read(header).client()).contains(CLIENT6);
    }

    private static Map<Integer, String> tlvs(SentProxyHeader header) {
        EmbeddedChannel decoder = new EmbeddedChannel(new HAProxyMessageDecoder());
        decoder.writeInbound(header.buffer());
        HAProxyMessage message = decoder.readInbound();
        try {
            Map<Integer, String> all = new TreeMap<>();
            for (HAProxyTLV tlv : message.tlvs()) {
                ByteBuf content = tlv.content();
                all.put(
                        (int) tlv.typeByteValue(),
                        tlv instanceof HAProxySSLTLV ssl
                                ? "client " + ssl.client() + " verify " + ssl.verify()
                                : content.toString(UTF_8));
            }
            return all;
        } finally {
            message.release();
            decoder.finishAndReleaseAll();
        }
    }
}
