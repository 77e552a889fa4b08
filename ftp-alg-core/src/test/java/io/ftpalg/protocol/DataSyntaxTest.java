package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSyntaxTest {
    private static final InetAddress PEER = IpLiteral.of(new byte[] {(byte) 192, 0, 2, 9});
    private static final int LONGEST_LINE = 16384;

    @ParameterizedTest
    @CsvSource({"PORT, false, false, 200", "EPRT, false, true, 200", "PASV, true, false, 227", "EPSV, true, true, 229"})
    void isThatOfItsVerb(DataSyntax syntax, boolean passive, boolean extended, int code) {
        assertThat(syntax.verb()).isEqualTo(FtpVerb.valueOf(syntax.name()));
        assertThat(DataSyntax.of(syntax.verb())).isSameAs(syntax);
        assertThat(syntax.passive()).isEqualTo(passive);
        assertThat(syntax.extended()).isEqualTo(extended);
        assertThat(syntax.positiveCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PORT", "EPRT", "PASV", "EPSV"})
    void noOtherVerbNamesADataPort(FtpVerb verb) {
        assertThatThrownBy(() -> DataSyntax.of(verb)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1,2,3,4,5,6; 1.2.3.4; 1286",
                "127,0,0,1,4,0; 127.0.0.1; 1024",
                "10,0,0,5,0,25; 10.0.0.5; 25",
                "255,255,255,255,255,255; 255.255.255.255; 65535",
                "0,0,0,0,0,0; 0.0.0.0; 0",
                "001,02,003,4,005,06; 1.2.3.4; 1286",
                "'  1,2,3,4,5,6 '; 1.2.3.4; 1286"
            })
    void readsPort(String text, String host, int port) throws DataSyntaxException {
        assertThat(DataSyntax.PORT.parse(text, PEER)).isEqualTo(at(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1,2,3,4,5",
                "1,2,3,4,5,6,7",
                "1,2,3,4,5,6,",
                ",1,2,3,4,5,6",
                "256,2,3,4,5,6",
                "1,2,3,4,5,256",
                "1,2,3,4,-5,6",
                "1,2,3,4,+5,6",
                "1, 2,3,4,5,6",
                "1,2,3,4,5 ,6",
                "1.2.3.4,5,6",
                "1,2,3,4,5,6 x",
                "(1,2,3,4,5,6)",
                "0x1,2,3,4,5,6",
                "1,2,3,4,5,0006",
                "a,b,c,d,e,f",
                "1,,2,3,4,5",
                "|1|1.2.3.4|25|",
                "\u0661,2,3,4,5,6",
                "1;2;3;4;5;6",
                "1,2,3,4,5,6\u00a0"
            })
    void refusesABadPort(String text) {
        assertThat(refusal(DataSyntax.PORT, text)).isEqualTo(Replies.BAD_DATA_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Entering Passive Mode (1,2,3,4,5,6).",
                "Entering Passive Mode. 1,2,3,4,5,6",
                "=1,2,3,4,5,6",
                "Data transfer will passively listen to 1,2,3,4,5,6",
                "Entering Passive Mode (1, 2, 3, 4, 5, 6)",
                "1,2,3,4,5,6",
                "Entering Passive Mode 1,2,3,4,5,6.",
                "(001,02,003,004,005,006)",
                "Entering Passive Mode (1 ,2 ,3 ,4 ,5 ,6)",
                "Entering Passive Mode, 1,2,3,4,5,6",
                "ok 1,2,3 (1,2,3,4,5,6) bye 4,5,6",
                "Mode 2 (1,2,3,4,5,6); 99 left",
                "(1,2,3,4,5,6",
                "1,2,3,4,5,6)",
                "[1,2,3,4,5,6]",
                "Passive \u00e9\u00ff (1,2,3,4,5,6)",
                "(1,2,3,4,5,6) and (9,9,9,9,9,9)",
                "1,2,3,4,5,6, thank you"
            })
    void readsPasvInEveryFormThatServersSend(String text) throws DataSyntaxException {
        assertThat(DataSyntax.PASV.parse(text, PEER)).isEqualTo(at("1.2.3.4", 1286));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Entering Passive Mode",
                "(1,2,3,4,5)",
                "(1,2,3,4,5,6,7)",
                "(1, 2, 3, 4, 5, 6, 7)",
                "(1,2,3,4,5,6,7,8,9)",
                "(256,2,3,4,5,6)",
                "(1,2,3,4,5,256)",
                "(300,1,2,3,4,5,6)",
                "(1,2,3,4,5,6666)",
                "(1,2,3,4,5,99999999999)",
                "(1,2,3,-4,5,6)",
                "(-1,2,3,4,5,6)",
                "(+1,2,3,4,5,6)",
                "(1.2.3.4,5,6)",
                "(1.2.3.4.5.6)",
                "1.1,2,3,4,5,6",
                "1;2;3;4;5;6",
                "(::1,2,3,4,5,6)",
                "(fe80::1,2,3,4,5,6)",
                "(2001:db8::1,4,5)",
                "(2001,db8,0,0,0,1,4,5)",
                "(db8,0,0,0,1,4)",
                "(1,2,3,4,5,6a)",
                "(a1,2,3,4,5,6)",
                "(0x1,2,3,4,5,6)",
                "(1,2,3,4,5,6.7)",
                "(1,2,3,4,5,6:7)",
                "(1,2,3,,4,5,6)",
                "(|||6446|)",
                "(1,2,3,4,5,\u0666)",
                "(1,2,3,4 5,6)",
                "(1,\t2,3,4,5,6)",
                "(300,1,1,1,1,1) (1,2,3,4,5,6)"
            })
    void refusesABadPasvReply(String text) {
        assertThat(refusal(DataSyntax.PASV, text)).isEqualTo(Replies.NO_DATA_CONNECTION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "|1|132.235.1.2|6275|; 132.235.1.2; 6275",
                "|2|1080::8:800:200C:417A|5282|; 1080::8:800:200c:417a; 5282",
                "!1!10.0.0.5!25!; 10.0.0.5; 25",
                "|1|10.0.0.5|0|; 10.0.0.5; 0",
                "|1|10.0.0.5|65535|; 10.0.0.5; 65535",
                "|2|::ffff:10.0.0.5|25|; 10.0.0.5; 25",
                ",1,10.0.0.5,25,; 10.0.0.5; 25",
                "a1a10.0.0.5a25a; 10.0.0.5; 25",
                "|2|::1|00025|; ::1; 25",
                "' |1|10.0.0.5|25|  '; 10.0.0.5; 25"
            })
    void readsEprt(String text, String host, int port) throws DataSyntaxException {
        assertThat(DataSyntax.EPRT.parse(text, PEER)).isEqualTo(at(host, port));
    }

    @Test
    void readsEprtWithEveryDelimiterThatIsNoDigitNorPartOfTheAddress() throws DataSyntaxException {
        for (char delimiter = '!'; delimiter <= '~'; delimiter++) {
            String text = "|1|10.0.0.5|1025|".replace('|', delimiter);
            if (delimiter == '.' || delimiter >= '0' && delimiter <= '9') {
                assertThat(refusal(DataSyntax.EPRT, text)).as(text).isEqualTo(Replies.BAD_DATA_ADDRESS);
            } else {
                assertThat(DataSyntax.EPRT.parse(text, PEER)).as(text).isEqualTo(at("10.0.0.5", 1025));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "|",
                "||||",
                "|||||",
                "|1|10.0.0.5|25",
                "1|10.0.0.5|25|",
                "|1|10.0.0.5|25||",
                "|1|10.0.0.5|25|x",
                "|1|10.0.0.5||",
                "|1||25|",
                "||10.0.0.5|25|",
                "|1|10.0.0.5|65536|",
                "|1|10.0.0.5|-1|",
                "|1|10.0.0.5|+25|",
                "|1|10.0.0.5|99999999999|",
                "|1|10.0.0.5| 25|",
                "|1|::1|25|",
                "|2|10.0.0.5|25|",
                "|1|127.1|25|",
                "|1|2130706433|25|",
                "|1|0x7f.0.0.1|25|",
                "|1|010.0.0.5|25|",
                "|1|localhost|25|",
                "|1|example.com|25|",
                "|2|fe80::1%eth0|25|",
                "|2|fe80::1%1|25|",
                "|2|[::1]|25|",
                "|2|::ffff:010.0.0.5|25|",
                "|x|10.0.0.5|25|",
                "|-1|10.0.0.5|25|",
                "|1!10.0.0.5!25!",
                "|1|10.0.0.5|25!",
                "\u00a61\u00a610.0.0.5\u00a625\u00a6",
                "\u00011\u000110.0.0.5\u000125\u0001",
                "1110.0.0.51251",
                "1,2,3,4,5,6"
            })
    void refusesABadEprt(String text) {
        assertThat(refusal(DataSyntax.EPRT, text)).isEqualTo(Replies.BAD_DATA_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"|0|10.0.0.5|25|", "|3|10.0.0.5|25|", "|6|::1|25|", "|65535|x|y|", "|10|10.0.0.5|25|"})
    void namesTheNetworkProtocolsThatItKnows(String text) {
        assertThat(refusal(DataSyntax.EPRT, text)).isEqualTo(Replies.USE_IPV4_OR_IPV6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Entering Extended Passive Mode (|||6446|)",
                "(!!!6446!)",
                "ok (|1|10.0.0.1|6446|)",
                "(|2|2001:db8::1|6446|)",
                "Entering Extended Passive Mode (|||6446|) bye",
                "(|||6446|).",
                "(|||06446|)",
                "x () (|||6446|)",
                "(,,,6446,)",
                "(|||6446|) (|||7|)",
                "[(|||6446|)]",
                "(aaa6446a)",
                "(\\\\\\6446\\)",
                "(^^^6446^)",
                "($$$6446$)",
                "(...6446.)"
            })
    void readsEpsvAtTheAddressOfTheControlConnection(String text) throws DataSyntaxException {
        assertThat(DataSyntax.EPSV.parse(text, PEER)).isEqualTo(new InetSocketAddress(PEER, 6446));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Entering Extended Passive Mode",
                "|||6446|",
                "(|||6446)",
                "(||6446|)",
                "(||||6446|)",
                "(|||6446||)",
                "(|||65536|)",
                "(|||99999|)",
                "(|||100000|)",
                "(||||)",
                "(|||-1|)",
                "(|||+1|)",
                "(||| 6446|)",
                "(|||6446 |)",
                "(|!|6446|)",
                "(||!6446|)",
                "(!||6446!)",
                "(|!||6446|)",
                "(|||6446!)",
                "(|x|y|6446|)",
                "(|3||6446|)",
                "(1116441)",
                "(   6446 )",
                "(\u00a6\u00a6\u00a66446\u00a6)",
                "(1,2,3,4,5,6)",
                "(|||0x19|)",
                "(|||\u0666|)",
                "((((6446()"
            })
    void refusesABadEpsvReply(String text) {
        assertThat(refusal(DataSyntax.EPSV, text)).isEqualTo(Replies.NO_DATA_CONNECTION);
    }

    @Test
    void leavesItToTheCallerToJudgeThePort() throws DataSyntaxException {
        assertThat(DataSyntax.EPSV.parse("(|||25|)", PEER).getPort()).isEqualTo(25);
        assertThat(DataSyntax.EPSV.parse("(|||0|)", PEER).getPort()).isZero();
        assertThat(DataSyntax.PASV.parse("(1,2,3,4,0,22)", PEER).getPort()).isEqualTo(22);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PORT; 10.1.2.3; 1025; 10,1,2,3,4,1",
                "PORT; 255.0.0.1; 65535; 255,0,0,1,255,255",
                "PASV; 10.1.2.3; 1025; Entering Passive Mode (10,1,2,3,4,1).",
                "EPSV; 10.1.2.3; 1025; Entering Extended Passive Mode (|||1025|)",
                "EPSV; ::1; 65535; Entering Extended Passive Mode (|||65535|)",
                "EPRT; 10.1.2.3; 1025; |1|10.1.2.3|1025|",
                "EPRT; 2001:db8::1; 1025; |2|2001:db8::1|1025|"
            })
    void writesOneCanonicalForm(DataSyntax syntax, String host, int port, String text) {
        assertThat(syntax.format(at(host, port))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PASV; Entering Passive Mode (1,2,3,4,5,6).; Entering Passive Mode (10,1,2,3,4,1).",
                "PASV; Passive, ok: 1,2,3,4,5,6; Passive, ok: (10,1,2,3,4,1)",
                "PASV; ok =1 ,2, 3, 4, 5, 6; ok =(10,1,2,3,4,1)",
                "EPSV; Here (|||6446|); Here (|||1025|)",
                "EPSV; Here (!1!1.2.3.4!6446!) you are; Here (|||1025|) you are"
            })
    void putsItsAddressIntoTheWordsOfTheServer(DataSyntax syntax, String text, String expected) {
        assertThat(syntax.reword(text, at("10.1.2.3", 1025))).isEqualTo(expected);
    }

    /** Clients look for an address in digits and parentheses, wherever these stand. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PASV; (1,2,3,4,5,6)",
                "PASV; =1,2,3,4,5,6",
                "PASV; Mode 2 (1,2,3,4,5,6)",
                "PASV; Mode (1,2,3,4,5,6) at 9",
                "PASV; Mode (ok) (1,2,3,4,5,6)",
                "PASV; Mode (1,2,3,4,5,6) ok)",
                "PASV; M\u00e4de (1,2,3,4,5,6)",
                "PASV; Mode\t(1,2,3,4,5,6)",
                "EPSV; (|||6446|)",
                "EPSV; port 6446 (|||6446|)",
                "EPSV; here (|||6446|) 7",
                "PASV; no tuple",
                "EPSV; no tuple"
            })
    void keepsNoWordsThatMightBeAnAddress(DataSyntax syntax, String text) {
        assertThat(syntax.reword(text, at("10.1.2.3", 1025))).isEqualTo(syntax.format(at("10.1.2.3", 1025)));
    }

    @Test
    void writesNeitherZoneNorIpv4InAnIpv6Wrapping() throws UnknownHostException {
        byte[] wrapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};
        InetSocketAddress mapped = new InetSocketAddress(Inet6Address.getByAddress("x", wrapped, 0), 1025);
        byte[] linkLocal = IpLiteral.parse("fe80::1").orElseThrow().getAddress();
        InetSocketAddress zoned = new InetSocketAddress(Inet6Address.getByAddress("x", linkLocal, 1), 1025);

        assertThat(DataSyntax.PORT.format(mapped)).isEqualTo("10,1,2,3,4,1");
        assertThat(DataSyntax.EPRT.format(mapped)).isEqualTo("|1|10.1.2.3|1025|");
        assertThat(DataSyntax.EPRT.format(zoned)).isEqualTo("|2|fe80::1|1025|");
    }

    @ParameterizedTest
    @EnumSource(names = {"PORT", "PASV"})
    void refusesToWriteIpv6WhereThereIsNoRoomForIt(DataSyntax syntax) {
        assertThatThrownBy(() -> syntax.format(at("2001:db8::1", 21))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(DataSyntax syntax) throws DataSyntaxException {
        Random random = new Random(20261121 + syntax.positiveCode());
        for (int i = 0; i < 5000; i++) {
            byte[] host = new byte[syntax.extended() && random.nextBoolean() ? 16 : 4];
            random.nextBytes(host);
            InetSocketAddress address = new InetSocketAddress(IpLiteral.of(host), random.nextInt(65536));

            assertThat(syntax.parse(syntax.format(address), address.getAddress()))
                    .isEqualTo(address);
        }
    }

    @ParameterizedTest
    @EnumSource
    void understandsOrRefusesWhateverIsSent(DataSyntax syntax) {
        Random random = new Random(20261121 + syntax.positiveCode());
        String alphabet = "0123456789,,,,||||!()() .:-abcdefx\t\u00e9\u00ff";
        for (int i = 0; i < 20_000; i++) {
            String seed = random.nextBoolean() ? "" : syntax.format(at("10.1.2.3", 1 + random.nextInt(65535)));
            StringBuilder text = new StringBuilder(seed);
            for (int edits = random.nextInt(12); edits > 0; edits--) {
                int place = random.nextInt(text.length() + 1);
                if (text.length() > place && random.nextBoolean()) {
                    text.deleteCharAt(place);
                } else {
                    text.insert(place, alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            assertIsUnderstoodOrRefused(syntax, text.toString());
        }
    }

    private static void assertIsUnderstoodOrRefused(DataSyntax syntax, String text) {
        try {
            InetSocketAddress address = syntax.parse(text, PEER);
            assertThat(syntax.parse(syntax.format(address), address.getAddress()))
                    .isEqualTo(address);
        } catch (DataSyntaxException e) {
            assertThat(e.reply().isNegative()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void aLongHostileLineCostsNoTime(DataSyntax syntax) {
        for (String line : hostileLines()) {
            long start = System.nanoTime();
            assertIsUnderstoodOrRefused(syntax, line);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("%s %.40s", syntax, line)
                    .isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void aNumberOfAThousandDigitsIsRefused() {
        String number = "1".repeat(1000);

        assertThat(refusal(DataSyntax.PASV, "(1,2,3,4,5," + number + ")")).isEqualTo(Replies.NO_DATA_CONNECTION);
        assertThat(refusal(DataSyntax.PASV, "(" + number + ",2,3,4,5,6)")).isEqualTo(Replies.NO_DATA_CONNECTION);
        assertThat(refusal(DataSyntax.PORT, "1,2,3,4,5," + number)).isEqualTo(Replies.BAD_DATA_ADDRESS);
        assertThat(refusal(DataSyntax.EPSV, "(|||" + number + "|)")).isEqualTo(Replies.NO_DATA_CONNECTION);
        assertThat(refusal(DataSyntax.EPRT, "|1|10.0.0.5|" + number + "|")).isEqualTo(Replies.BAD_DATA_ADDRESS);
        assertThat(refusal(DataSyntax.EPRT, "|" + number + "|10.0.0.5|25|")).isEqualTo(Replies.BAD_DATA_ADDRESS);
    }

    private static List<String> hostileLines() {
        List<String> lines = new ArrayList<>();
        for (String part : List.of(
                "1",
                ",",
                "1,",
                "1, ",
                "1 ,",
                " ",
                "1,2,3,4,5 ",
                "1,1,1,1,1,x",
                "(",
                ")",
                "|",
                "||",
                "(|",
                "(|1|",
                "(|||",
                "(||1",
                "(|1|1",
                "(|||1",
                "a",
                "1.",
                ":",
                "1:",
                "(|||1|",
                "11,11 ,  11")) {
            lines.add(part.repeat(LONGEST_LINE / part.length()));
            lines.add("(" + part.repeat(LONGEST_LINE / part.length()));
            lines.add("|1|" + part.repeat(LONGEST_LINE / part.length()) + '|');
            lines.add("1,2,3,4,5," + part.repeat(LONGEST_LINE / part.length()));
            lines.add("1,2,3,4,5," + " ".repeat(LONGEST_LINE) + part);
        }
        return lines;
    }

    private static FtpReply refusal(DataSyntax syntax, String text) {
        DataSyntaxException refused = catchThrowableOfType(DataSyntaxException.class, () -> syntax.parse(text, PEER));
        assertThat(refused).as("%s %.60s", syntax, text).isNotNull();
        assertThat(refused.getStackTrace()).isEmpty();
        return refused.reply();
    }

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(IpLiteral.parse(host).orElseThrow(), port);
    }
}
