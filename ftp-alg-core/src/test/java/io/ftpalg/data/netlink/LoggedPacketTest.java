package io.ftpalg.data.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedPacketTest {
    private static final String TCP = "0929 a02f fffffffe 00000007 5002 ffff 0000 0000";
    private static final String IPV4 = "45 00 0028 0000 4000 40 06 0000 0a4d0102 0a4d0202";
    private static final String SYN_OPTIONS = "020405b4 0402 080a 00000001 00000000 01 030307";

    @Test
    void readsIpv4() {
        assertThat(parse(IPV4 + TCP))
                .contains(new LoggedPacket(
                        true,
                        new InetSocketAddress("10.77.1.2", 2345),
                        new InetSocketAddress("10.77.2.2", 41007),
                        0xFFFFFFFEL,
                        7,
                        NftRule.SYN,
                        20,
                        0,
                        false,
                        0));
    }

    @Test
    void countsThePayloadOfTheWholePacketThoughItIsCutOff() {
        String packet = IPV4.replace("0028", "05dc") + TCP.replace("5002", "5011");

        assertThat(parse(packet)).get().satisfies(read -> {
            assertThat(read.payload()).isEqualTo(1460);
            assertThat(read.has(NftRule.FIN)).isTrue();
            assertThat(read.has(NftRule.ACK)).isTrue();
            assertThat(read.has(NftRule.RST)).isFalse();
        });
    }

    @Test
    void doesNotKnowThePayloadOfAPacketThatIpCannotCount() {
        assertThat(parse(IPV4.replace("0028", "0000") + TCP))
                .get()
                .extracting(LoggedPacket::payload)
                .isEqualTo(LoggedPacket.UNKNOWN);
    }

    @Test
    void skipsOptionsOfIpv4() {
        String packet = IPV4.replace("45 00 0028", "46 00 002c") + "01010100" + TCP;

        assertThat(parse(packet)).get().satisfies(read -> {
            assertThat(read.from().getPort()).isEqualTo(2345);
            assertThat(read.headersWithoutOptions()).isEqualTo(44);
            assertThat(read.payload()).isZero();
        });
    }

    @Test
    void readsIpv6BehindItsExtensions() {
        String addresses = "fd77 0001 0000 0000 0000 0000 0000 0002 fd77 0002 0000 0000 0000 0000 0000 0002";
        String plain = "60000000 0014 06 40" + addresses + TCP;
        String extended = "60000000 0024 00 40" + addresses + "3c 00 0104 00000000" + "06 00 0104 00000000" + TCP;

        assertThat(parse(plain)).get().satisfies(read -> {
            assertThat(read.from()).isEqualTo(new InetSocketAddress("fd77:1::2", 2345));
            assertThat(read.to()).isEqualTo(new InetSocketAddress("fd77:2::2", 41007));
            assertThat(read.headersWithoutOptions()).isEqualTo(60);
            assertThat(read.payload()).isZero();
        });
        assertThat(parse(extended)).get().satisfies(read -> {
            assertThat(read.from().getPort()).isEqualTo(2345);
            assertThat(read.payload()).isZero();
        });
        assertThat(parse(plain.replace("0014 06", "0000 06")))
                .get()
                .extracting(LoggedPacket::payload)
                .isEqualTo(LoggedPacket.UNKNOWN);
    }

    @Test
    void findsTimestampsAmongTcpsOptions() {
        String header = TCP.replace("5002", "a002");

        assertThat(parse(IPV4.replace("0028", "003c") + header + SYN_OPTIONS))
                .get()
                .satisfies(read -> {
                    assertThat(read.timestamps()).isTrue();
                    assertThat(read.options()).isEqualTo(20);
                    assertThat(read.payload()).isZero();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "020405b4 0402 00 08 0a 00000001 00000000 01 030307",
                "0200 0405b4 0402 080a 00000001 00000000 01 0303",
                "01010101 01010101 01010101 01010101 01010102",
                "02ff05b4 0402 080a 00000001 00000000 01 030307"
            })
    void findsNoneBehindTheirEndOrALengthThatIsWrong(String options) {
        String header = TCP.replace("5002", "a002");

        assertThat(parse(IPV4.replace("0028", "003c") + header + options))
                .get()
                .extracting(LoggedPacket::timestamps)
                .isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "45",
                "45 00 0028 0000 4000 40 11 0000 0a4d0102 0a4d0202 0929a02f00140000",
                "45 00 0028 0000 4000 40 06 0000 0a4d0102 0a4d0202 0929a02f fffffffe 00000007 5002 ffff 0000 00",
                "44 00 0028 0000 4000 40 06 0000 0a4d0102 0a4d0202 0929a02f fffffffe 00000007 5002 ffff 0000 0000",
                "4f 00 0028 0000 4000 40 06 0000 0a4d0102 0a4d0202 0929a02f fffffffe 00000007 5002 ffff 0000 0000",
                "55 00 0028 0000 4000 40 06 0000 0a4d0102 0a4d0202 0929a02f fffffffe 00000007 5002 ffff 0000 0000",
                "60000000 0014 06 40 fd77"
            })
    void findsNoTcpInOthers(String packet) {
        assertThat(parse(packet)).isEmpty();
    }

    @Test
    void givesUpOnAnEndlessChainOfExtensions() {
        String addresses = "00".repeat(32);

        assertThat(parse("60000000 0054 00 40" + addresses + "0000 0000 0000 0000".repeat(9) + TCP))
                .isEmpty();
        assertThat(parse("60000000 0054 3a 40" + addresses + TCP)).isEmpty();
        assertThat(parse("60000000 0054 00 40" + addresses + "06")).isEmpty();
        assertThat(parse("60000000 0054 00 40" + addresses + "06ff 0000 0000 0000" + TCP))
                .isEmpty();
    }

    @Test
    void knowsWhereItWasLogged() throws NetlinkException {
        String payload = "2c00 0900" + (IPV4 + TCP);

        assertThat(LoggedPacket.parse(message("0800 0100 0800 02 00" + payload)))
                .get()
                .extracting(LoggedPacket::forwarded)
                .isEqualTo(true);
        assertThat(LoggedPacket.parse(message("0800 0100 0800 00 00" + payload)))
                .get()
                .extracting(LoggedPacket::forwarded)
                .isEqualTo(false);
        assertThat(LoggedPacket.parse(message("0800 0100 0800 00 00"))).isEmpty();
        assertThatThrownBy(() -> LoggedPacket.parse(message(payload))).isInstanceOf(NetlinkException.class);
    }

    private static NetlinkMessage message(String attributes) {
        return new NetlinkMessage(0x400, 0, 0, bytes("02000015" + attributes));
    }

    private static Optional<LoggedPacket> parse(String hex) {
        return LoggedPacket.parse(true, bytes(hex));
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
