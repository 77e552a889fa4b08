package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.MalformedCommand;
import io.ftpalg.protocol.MalformedCommand.Flaw;
import io.ftpalg.protocol.TelnetMode;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NettyLeakDetectorExtension.class)
class FtpCommandDecoderTest {
    private static final int LIMIT = 64;

    private record Case(String wire, FtpRequest request) {}

    /** Forty lines: every form that a line can take. */
    private static final List<Case> CORPUS = List.of(
            new Case("NOOP\r\n", FtpCommand.of(FtpVerb.NOOP)),
            new Case("noop\n", FtpCommand.of(FtpVerb.NOOP)),
            new Case("USER anonymous\r\n", FtpCommand.of(FtpVerb.USER, "anonymous")),
            new Case("pASS sec ret\r\n", FtpCommand.of(FtpVerb.PASS, "sec ret")),
            new Case("XSHA256 f\r\n", FtpCommand.of(FtpVerb.XSHA256, "f")),
            new Case("A b\r\n", FtpCommand.of("A", "b")),
            new Case("STOR   a \r\n", FtpCommand.of(FtpVerb.STOR, "  a ")),
            new Case("CWD \r\n", FtpCommand.withEmptyArgument("CWD")),
            new Case("CWD \u0080\u00fe\u00c3(\r\n", FtpCommand.of(FtpVerb.CWD, "\u0080\u00fe\u00c3(")),
            new Case("CWD a\u00ff\u00ffb\r\n", FtpCommand.of(FtpVerb.CWD, "a\u00ffb")),
            new Case("CWD a\tb\u001b\r\n", FtpCommand.of(FtpVerb.CWD, "a\tb\u001b")),
            new Case("PORT 127,0,0,1,4,5\r\n", FtpCommand.of(FtpVerb.PORT, "127,0,0,1,4,5")),
            new Case("PORT 127,0,0,1,4,5\0\r\n", malformed(Flaw.CONTROL_BYTE)),
            new Case("PORT\t10,0,0,5,17,92\r\n", malformed(Flaw.BAD_VERB)),
            new Case("PORT  10,0,0,5,17,92\r\n", FtpCommand.of(FtpVerb.PORT, " 10,0,0,5,17,92")),
            new Case("P\u00ff\u00f1ORT 1\r\n", FtpCommand.of(FtpVerb.PORT, "1")),
            new Case(" PORT 1\r\n", malformed(Flaw.BAD_VERB)),
            new Case("\tPORT 1\r\n", malformed(Flaw.BAD_VERB)),
            new Case("CWD\u00a0a\r\n", malformed(Flaw.BAD_VERB)),
            new Case("CWD\u000ba\r\n", malformed(Flaw.BAD_VERB)),
            new Case("P@SW\r\n", malformed(Flaw.BAD_VERB)),
            new Case("PASS \r\n", FtpCommand.withEmptyArgument("PASS")),
            new Case("\r\nPASS\r\n", FtpCommand.of("PASS", "")),
            new Case("STOR a\rb\r\n", malformed(Flaw.CONTROL_BYTE)),
            new Case("STOR a\r\r\n", FtpCommand.of("STOR", "a")),
            new Case("STOR a\r\0b\r\n", malformed(Flaw.CONTROL_BYTE)),
            new Case("\0NOOP\r\n", malformed(Flaw.CONTROL_BYTE)),
            new Case("\u00ff\u00f4\u00f2ABOR\r\n", FtpCommand.of(FtpVerb.ABOR)),
            new Case("\u00ff\u00f4\u00ffABOR\r\n", FtpCommand.of(FtpVerb.ABOR)),
            new Case("\u00ff\u00f4\u00ff\u00f2ABOR\r\n", FtpCommand.of(FtpVerb.ABOR)),
            new Case("\u00f2ABOR\r\n", FtpCommand.of(FtpVerb.ABOR)),
            new Case("\u00f2STAT\r\n", FtpCommand.of(FtpVerb.STAT)),
            new Case("\u00ff\u00f4\u00f2QUIT\r\n", FtpCommand.of(FtpVerb.QUIT)),
            new Case("\u00f2PORT 1\r\n", malformed(Flaw.BAD_VERB)),
            new Case("\u00ff\u00fd\u0001\u00ff\u00fb\u0003SYST\r\n", FtpCommand.of(FtpVerb.SYST)),
            new Case("PW\u00ff\u00fa\u0018\n\u00ff\u00ff\u00ff\u00f0D\r\u00ff\u00f1\n", FtpCommand.of(FtpVerb.PWD)),
            new Case("GET / HTTP/1.1\r\n", malformed(Flaw.HTTP)),
            new Case("hOst: ftp.example\r\n", malformed(Flaw.HTTP)),
            new Case("STOR " + "x".repeat(LIMIT) + "\r\n", malformed(Flaw.TOO_LONG)),
            new Case(
                    "NLST 227 Entering (10,0,0,1,0,22)\r\n",
                    FtpCommand.of(FtpVerb.NLST, "227 Entering (10,0,0,1,0,22)")));

    private static MalformedCommand malformed(Flaw flaw) {
        return new MalformedCommand(flaw);
    }

    private static FtpCommandDecoder decoder() {
        return new FtpCommandDecoder(LIMIT, 32, true);
    }

    @Test
    void decodesEachLineOfTheCorpusHoweverItIsCut() {
        assertThat(CORPUS).hasSize(40);
        for (Case line : CORPUS) {
            Wire.Heard heard = Wire.feedAtEverySplit(FtpCommandDecoderTest::decoder, line.wire);

            assertThat(heard.messages()).as(line.wire).containsExactly(line.request);
        }
    }

    @Test
    void decodesTheCorpusAsOneStreamHoweverItIsCut() {
        StringBuilder stream = new StringBuilder();
        List<Object> requests = new ArrayList<>();
        for (Case line : CORPUS) {
            stream.append(line.wire);
            requests.add(line.request);
        }

        Wire.Heard heard = Wire.feedAtEverySplit(FtpCommandDecoderTest::decoder, stream.toString());

        assertThat(heard.messages()).isEqualTo(requests);
        assertThat(heard.answered()).isEqualTo("\u00ff\u00fc\u0001\u00ff\u00fe\u0003");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "DELETE", "TRACE", "PATCH", "get", "Post"})
    void takesAnHttpMethodForHttp(String method) {
        Wire.Heard heard =
                Wire.feed(FtpCommandDecoderTest::decoder, method + " /x\r\n" + method + "\r\nX" + method + " /\r\n");

        assertThat(heard.messages())
                .containsExactly(malformed(Flaw.HTTP), FtpCommand.of(method, ""), FtpCommand.of("X" + method, "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HOST ftp.example", "HOST", "HOSTS a"})
    void doesNotTakeTheCommandHostForHttp(String line) {
        Wire.Heard heard = Wire.feed(FtpCommandDecoderTest::decoder, line + "\r\n");

        assertThat(heard.messages()).singleElement().isInstanceOf(FtpCommand.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT - 1, LIMIT, LIMIT + 1})
    void holdsTheLineLimit(int length) {
        String line = "STOR " + "x".repeat(length - 5);
        for (String end : List.of("\n", "\r\n")) {
            Wire.Heard heard = Wire.feedAtEverySplit(FtpCommandDecoderTest::decoder, line + end + "NOOP\r\n");

            assertThat(heard.messages())
                    .containsExactly(
                            length > LIMIT ? malformed(Flaw.TOO_LONG) : FtpCommand.of("STOR", line.substring(5)),
                            FtpCommand.of(FtpVerb.NOOP));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT - 1, LIMIT, LIMIT + 1})
    void countsBytesThatItLeavesOutTowardsTheLineLimit(int length) {
        for (String filler : List.of("\0", "\r\0")) {
            int fillers = (length - 4 + 1) / filler.length();
            String line = "NOOP" + filler.repeat(fillers);
            Wire.Heard heard = Wire.feedAtEverySplit(FtpCommandDecoderTest::decoder, line + "\n");

            assertThat(heard.messages())
                    .containsExactly(malformed(line.length() > LIMIT ? Flaw.TOO_LONG : Flaw.CONTROL_BYTE));
        }
    }

    @Test
    void countsADoubledFfAsOneByteOfTheLine() {
        String line = "CWD " + "\u00ff\u00ff".repeat(LIMIT - 4) + "\r\n";

        assertThat(Wire.feed(FtpCommandDecoderTest::decoder, line).messages())
                .containsExactly(FtpCommand.of("CWD", "\u00ff".repeat(LIMIT - 4)));
    }

    @Test
    void tellsOfAnOverLongLineOnceAndBeforeItEnds() {
        String[] endless = new String[100];
        Arrays.fill(endless, "x".repeat(100_000));

        assertThat(Wire.feed(FtpCommandDecoderTest::decoder, endless).messages())
                .containsExactly(malformed(Flaw.TOO_LONG));
    }

    @Test
    void neverExecutesTheTailOfAnOverLongLine() {
        String line = "STOR " + "x".repeat(LIMIT) + "\rDELE a\0\rDELE b DELE c\r\n";

        Wire.Heard heard = Wire.feedAtEverySplit(FtpCommandDecoderTest::decoder, line);

        assertThat(heard.messages()).containsExactly(malformed(Flaw.TOO_LONG));
    }

    @Test
    void showsNoByteOfAnOverLongPassword() {
        Wire.Heard heard = Wire.feed(FtpCommandDecoderTest::decoder, "PASS " + "hunter2".repeat(LIMIT) + "\r\n");

        assertThat(heard.toString()).contains("TOO_LONG").doesNotContain("hunter");
    }

    @Test
    void decodesBothLinesOfAnInjectedLineFeed() {
        Wire.Heard heard = Wire.feed(FtpCommandDecoderTest::decoder, "USER a\r\nPORT 10,0,0,1,0,22\r\n");

        assertThat(heard.messages())
                .containsExactly(FtpCommand.of("USER", "a"), FtpCommand.of("PORT", "10,0,0,1,0,22"));
    }

    @Test
    void leavesAnUnfinishedLineUnexecutedWhenTheClientCloses() {
        assertThat(Wire.feed(FtpCommandDecoderTest::decoder, "DELE /a", "bc").messages())
                .isEmpty();
    }

    @Test
    void takesFfForDataWhereTelnetIsOff() {
        String wire = String.join(
                "\r\n",
                "CWD \u00ff\u00fd\u0001\u00ff",
                "CWD \u00ff\u00ff",
                "\u00ff\u00f4\u00f2ABOR",
                "\u00ff\u00f4\u00f2CWD a",
                "");

        Wire.Heard heard = Wire.feedAtEverySplit(() -> new FtpCommandDecoder(LIMIT, 32, false), wire);

        assertThat(heard.messages())
                .containsExactly(
                        FtpCommand.of("CWD", "\u00ff\u00fd\u0001\u00ff"),
                        FtpCommand.of("CWD", "\u00ff\u00ff"),
                        FtpCommand.of("ABOR", ""),
                        malformed(Flaw.BAD_VERB));
        assertThat(heard.answered()).isEmpty();
    }

    /** Before the verb it is Telnet, behind it the argument is what the client wrote. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ff f4 ff f2 ABOR; ABOR;", "ff f4 ff ABOR; ABOR;", "ff f1 N ff f1 OOP; NOOP;",
                "RETR _ ff e0; RETR; ff e0", "RETR _ ec ff f1 ee; RETR; ec ff f1 ee", "RETR _ ff ff; RETR; ff ff",
                "RETR _ ff; RETR; ff", "RETR _ ff fb 01; RETR; ff fb 01", "RETR _ ff fa x; RETR; ff fa x",
                "RETR _ ff f4 ff f2 ABOR; RETR; ff f4 ff f2 ABOR", "ff fd 03 CWD _ ff fd 03; CWD; ff fd 03"
            })
    void readsFfInAnArgumentAsAByteOfItByDefault(String wire, String verb, String argument) {
        Wire.Heard heard =
                Wire.feedAtEverySplit(() -> new FtpCommandDecoder(LIMIT, 32, TelnetMode.AUTO), bytes(wire) + "\r\n");

        assertThat(heard.messages()).containsExactly(FtpCommand.of(verb, bytes(argument == null ? "" : argument)));
        assertThat(heard.answered()).isEqualTo(wire.startsWith("ff fd") ? "\u00ff\u00fc\u0003" : "");
    }

    private static String bytes(String words) {
        StringBuilder bytes = new StringBuilder();
        for (String word : words.strip().split(" ")) {
            bytes.append(
                    word.equals("_") ? " " : word.matches("[0-9a-f]{2}") ? (char) Integer.parseInt(word, 16) : word);
        }
        return bytes.toString();
    }

    @Test
    void readsTheNextLineByItsOwnStart() {
        Wire.Heard heard = Wire.feedAtEverySplit(
                () -> new FtpCommandDecoder(LIMIT, 32, TelnetMode.AUTO),
                "RETR \u00ff\r\n\u00ff\u00f1NOOP\r\nCWD " + "x".repeat(LIMIT) + "\u00ff\r\n\u00ff\u00f1NOOP\r\n");

        assertThat(heard.messages())
                .containsExactly(
                        FtpCommand.of("RETR", "\u00ff"),
                        FtpCommand.of("NOOP", ""),
                        malformed(Flaw.TOO_LONG),
                        FtpCommand.of("NOOP", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r\r\n", "\u00ff\u00f1\r\n"})
    void answersNoEmptyLine(String line) {
        assertThat(Wire.feedAtEverySplit(FtpCommandDecoderTest::decoder, line.repeat(3))
                        .messages())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOP\r\r\n", "NOOP\r\r\r\r\n"})
    void endsALineWithSeveralCarriageReturns(String line) {
        assertThat(Wire.feedAtEverySplit(FtpCommandDecoderTest::decoder, line).messages())
                .containsExactly(FtpCommand.of("NOOP", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.1 192.0.2.2 50000 21\r\n",
                "PROXY TCP6 ::1 ::2 1 2\r\n",
                "PROXY UNKNOWN\r\n",
                "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000cUSER a\r\n"
            })
    void knowsTheProxyProtocolAtTheStart(String header) {
        assertThat(Wire.feedAtEverySplit(FtpCommandDecoderTest::decoder, header).messages())
                .containsExactly(malformed(Flaw.PROXY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY TCP5 a\r\n", "PROXY\r\n", "NOOP\r\nPROXY UNKNOWN\r\n"})
    void takesAnyOtherProxyForACommand(String lines) {
        assertThat(Wire.feedAtEverySplit(FtpCommandDecoderTest::decoder, lines).messages())
                .doesNotContain(malformed(Flaw.PROXY));
    }

    @Test
    void knowsTlsAtTheStartAndReadsNoFurther() {
        assertThat(Wire.feedAtEverySplit(FtpCommandDecoderTest::decoder, "\u0016\u0003\u0001\u0002\0\u0001\nUSER a\r\n")
                        .messages())
                .containsExactly(malformed(Flaw.TLS));
    }

    @Test
    void hearsTlsAtTheStartOnly() {
        assertThat(Wire.feedAtEverySplit(FtpCommandDecoderTest::decoder, "NOOP\r\n\u0016\u0003\u0001\r\n")
                        .messages())
                .containsExactly(FtpCommand.of("NOOP", ""), malformed(Flaw.BAD_VERB));
    }

    /** Dialogue E15: the bytes that a real server answers. */
    @Test
    void refusesTelnetOptionsAndHearsTheCommandBehindThem() {
        Wire.Heard heard =
                Wire.feedAtEverySplit(FtpCommandDecoderTest::decoder, "\u00ff\u00fd\u0001\u00ff\u00fb\u0003NOOP\r\n");

        assertThat(heard.answered()).isEqualTo("\u00ff\u00fc\u0001\u00ff\u00fe\u0003");
        assertThat(heard.messages()).containsExactly(FtpCommand.of(FtpVerb.NOOP));
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FtpCommandDecoder(0, 32, true))
                .withMessageContaining("maxLine");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FtpCommandDecoder(1, -1, true))
                .withMessageContaining("telnet");
    }
}
