package io.ftpalg.session.transfer;

import static io.ftpalg.session.transfer.DataPorts.AGREED_BY_EPSV;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.DataConnectionFailed;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.Playbook.Cast;
import io.ftpalg.session.base.SyntaxResult;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data ports, agreed with both sides. */
class DataPortExchangeTest {

    /** R15, V1-V4, V8: 16 pairs of syntaxes over both families, less PASV and PORT where there is no IPv4. */
    static List<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        for (DataSyntax client : DataSyntax.values()) {
            for (DataSyntax server : DataSyntax.values()) {
                for (boolean client6 : new boolean[] {false, true}) {
                    for (boolean server6 : new boolean[] {false, true}) {
                        if ((client.extended() || !client6) && (server.extended() || !server6)) {
                            pairs.add(Arguments.of(client, client6, server, server6));
                        }
                    }
                }
            }
        }
        return pairs;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void agreesInTheClientsSyntaxAndInTheServers(
            DataSyntax client, boolean client6, DataSyntax server, boolean server6) {
        Cast cast = Playbook.cast().mode(ServerDataMode.valueOf(server.name()));
        Playbook play =
                (server6 ? cast.serverOverIpv6() : cast).greetedBy(client6).play("""
                C> USER joe
                S< USER joe
                S> 230 welcome
                C< 230 welcome
                """);
        String serverHost = server6 ? "2001:db8::2" : "127.0.0.2";

        play.play("C> "
                + switch (client) {
                    case PORT -> "PORT 127,0,0,1,200,10";
                    case EPRT -> client6 ? "EPRT |2|2001:db8::1|51210|" : "EPRT |1|127.0.0.1|51210|";
                    case PASV, EPSV -> client.name();
                });
        play.play(
                switch (server) {
                    case PORT -> """
                    ! listen SERVER
                    . listening SERVER 51211
                    S< PORT 127,0,0,3,200,11
                    S> 200 ok
                    """;
                    case EPRT -> """
                    ! listen SERVER
                    . listening SERVER 51211
                    S< EPRT %s51211|
                    S> 200 ok
                    """.formatted(server6 ? "|2|2001:db8::3|" : "|1|127.0.0.3|");
                    case PASV -> """
                    S< PASV
                    S> 227 =127,0,0,2,200,12
                    ! dial SERVER 127.0.0.2 51212
                    . connected SERVER
                    """;
                    case EPSV -> """
                    S< EPSV
                    S> 229 (|||51212|)
                    ! dial SERVER %s 51212
                    . connected SERVER
                    """.formatted(serverHost);
                });
        play.play(
                switch (client) {
                    case PORT -> "C< 200 PORT command successful.";
                    case EPRT -> "C< 200 EPRT command successful.";
                    case PASV -> """
                    ! listen CLIENT
                    . listening CLIENT 51213
                    C< 227 Entering Passive Mode (127,0,0,3,200,13).
                    """;
                    case EPSV -> """
                    ! listen CLIENT
                    . listening CLIENT 51213
                    C< 229 Entering Extended Passive Mode (|||51213|)
                    """;
                });

        play.play("~");
    }

    @ParameterizedTest
    @CsvSource({"false, PASV, PASV", "false, EPSV, EPSV", "true, EPSV, EPSV"})
    void doesAsTheClientDoesByDefault(boolean server6, String client, String server) {
        Cast cast = server6 ? Playbook.cast().serverOverIpv6() : Playbook.cast();

        cast.loggedIn().play("C> " + client + "\nS< " + server);
    }

    @Test
    void turnsPasvIntoEpsvForAServerOverIpv6() {
        Playbook.cast().serverOverIpv6().loggedIn().play("""
                C> PASV
                S< EPSV
                S> 229 (|||6446|)
                ! dial SERVER 2001:db8::2 6446
                """);
    }

    @Test
    void passesTheArgumentOfPasvToAServerThatIsAskedWithPasv() {
        Playbook.loggedIn().play("C> PASV 3\nS< PASV 3\n~");
        Playbook.cast().mode(ServerDataMode.EPSV).loggedIn().play("C> PASV 3\nS< EPSV\n~");
        Playbook.loggedIn().play("C> EPSV 1\nS< EPSV\n~");
    }

    /** Only the tuple is the gateway's, where both sides have the same syntax. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PASV; 227 Passiver Modus (127,0,0,2,200,10), bitte; 227 Passiver Modus (127,0,0,3,195,81), bitte",
                "PASV; 227 Passive on port 21 (127,0,0,2,200,10); 227 Entering Passive Mode (127,0,0,3,195,81).",
                "EPSV; 229 Passiver Modus (|||51210|) bereit; 229 Passiver Modus (|||50001|) bereit"
            })
    void keepsTheServersWords(String verb, String server, String client) {
        Playbook.loggedIn().play("""
                C> %1$s
                S< %1$s
                S> %2$s
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 50001
                C< %3$s
                ~
                """.formatted(verb, server, client));
    }

    @Test
    void saysNothingOfTheServersOtherSyntax() {
        Playbook.cast().mode(ServerDataMode.EPSV).loggedIn().play("""
                C> PASV
                S< EPSV
                S> 229 Extended please (|||51210|)
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 50001
                C< 227 Entering Passive Mode (127,0,0,3,195,81).
                ~
                """);
    }

    /** The port of the server's 227 is dialled, and the client receives the reply to its EPSV. */
    private static final String EPSV_ANSWERED = """
            ! dial SERVER 127.0.0.2 51210
            . connected SERVER
            ! listen CLIENT
            . listening CLIENT 40123
            C< 229 Entering Extended Passive Mode (|||40123|)
            """;

    /** R17. */
    @Test
    void fallsBackToPasvAndRemembersIt() {
        Playbook.loggedIn().play("""
                C> EPSV
                S< EPSV
                S> 500 EPSV?
                S< PASV
                S> 227 =127,0,0,2,200,10
                """ + EPSV_ANSWERED + """
                C> EPSV
                ! close CLIENT
                ! close SERVER
                S< PASV
                """);
    }

    /** R17. */
    @Test
    void fallsBackToPasvWhereEpsvIsNotAnsweredInFiveSeconds() {
        Playbook.loggedIn().play("""
                C> EPSV
                S< EPSV
                . elapse 4.999s
                ~
                . elapse 0.001s
                S< PASV
                S> 500 late answer to EPSV
                ~
                S> 227 =127,0,0,2,200,10
                ! dial SERVER 127.0.0.2 51210
                """);
    }

    /** It never answered EPSV at all: its refusal of PASV is not waited for twice. */
    @Test
    void takesARefusalForThatOfPasvWhereNoOtherAnswerComes() {
        Playbook.loggedIn().play("""
                C> EPSV
                S< EPSV
                . elapse 5s
                S< PASV
                S> 502 no PASV
                . elapse 4.999s
                ~
                . elapse 0.001s
                C< 502 no PASV
                C> NOOP
                S< NOOP
                """);
    }

    /** Refused for whatever reason, answered as if it were PASV, unreadable: PASV may work all the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "425 no",
                "451 no",
                "550 no",
                "501 no",
                "200 ok",
                "227 (127,0,0,2,200,9)",
                "229 ok",
                "229 (|||x|)",
                "229 (|||22|)"
            })
    void fallsBackToPasvWhateverTheAnswerToEpsvIs(String answer) {
        Playbook play = Playbook.loggedIn().play("""
                C> EPSV
                S< EPSV
                S> %s
                S< PASV
                S> 227 =127,0,0,2,200,10
                """.formatted(answer)).play(EPSV_ANSWERED);

        assertThat(play.log().syntaxResults)
                .containsEntry(
                        Playbook.SERVER,
                        Map.of(DataSyntax.EPSV, SyntaxResult.REFUSED, DataSyntax.PASV, SyntaxResult.WORKED));
    }

    /** A firewall in front of the server opens the ports of a 227 that it reads, and knows no 229. */
    @Test
    void fallsBackToPasvWhereThePortOf229CannotBeReached() {
        Playbook play = Playbook.loggedIn().play("""
                C> EPSV
                S< EPSV
                S> 229 (|||51209|)
                ! dial SERVER 127.0.0.2 51209
                . failed SERVER
                S< PASV
                S> 227 =127,0,0,2,200,10
                """ + EPSV_ANSWERED);

        assertThat(play.log().syntaxResults)
                .containsEntry(
                        Playbook.SERVER,
                        Map.of(DataSyntax.EPSV, SyntaxResult.TIMED_OUT, DataSyntax.PASV, SyntaxResult.WORKED));
    }

    /** Nothing is learned of a server with which nothing works. */
    @Test
    void remembersNothingWhereNoPortCanBeReached() {
        Playbook play = Playbook.loggedIn().play("""
                C> EPSV
                S< EPSV
                S> 229 (|||51209|)
                ! dial SERVER 127.0.0.2 51209
                . failed SERVER
                S< PASV
                S> 227 =127,0,0,2,200,10
                ! dial SERVER 127.0.0.2 51210
                . failed SERVER
                C< 425 Can't open data connection.
                ~
                """);

        assertThat(play.log().syntaxResults).isEmpty();
    }

    /** Another session was there before. When the server has changed since, what is known does not shut it out. */
    @Test
    void beginsWithWhatWorkedInAnotherSessionUntilItFails() {
        Playbook play = Playbook.loggedIn();
        play.log().unusableSyntaxes.put(Playbook.SERVER, EnumSet.of(DataSyntax.EPSV));

        play.play("""
                C> EPSV
                S< PASV
                S> 502 not any more
                C< 502 not any more
                """ + AGREED_BY_EPSV);
    }

    /** The gateway listens for the server, which has received EPRT and sent nothing. */
    private static Playbook sentEprt() {
        return Playbook.loggedIn().play("""
                C> EPRT |1|127.0.0.1|5282|
                ! listen SERVER
                . listening SERVER 51211
                S< EPRT |1|127.0.0.3|51211|
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"425 no", "500 no", "550 no"})
    void fallsBackToPortWhateverTheRefusalOfEprtIs(String answer) {
        Playbook play = sentEprt().play("""
                S> %s
                S< PORT 127,0,0,3,200,11
                S> 200 ok
                C< 200 EPRT command successful.
                """.formatted(answer));

        assertThat(play.log().syntaxResults)
                .containsEntry(
                        Playbook.SERVER,
                        Map.of(DataSyntax.EPRT, SyntaxResult.REFUSED, DataSyntax.PORT, SyntaxResult.WORKED));
    }

    /** A late 200 to EPRT could be taken for that to PORT, and every later reply for that to the command before. */
    @Test
    void waitsForTheAnswerToEprt() {
        sentEprt().play("""
                . elapse 60s
                ~
                S> 200 ok
                C< 200 EPRT command successful.
                """);
    }

    @Test
    void fallsBackToPortOnTheSameListener() {
        sentEprt().play("""
                S> 502 EPRT?
                S< PORT 127,0,0,3,200,11
                S> 200 ok
                C< 200 EPRT command successful.
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"530 login", "532 account"})
    void passesARefusalThatIsAboutTheLogin(String refusal) {
        Playbook.loggedIn().play("""
                C> EPSV
                S< EPSV
                S> %s
                C< %s
                """.formatted(refusal, refusal));
    }

    /** R3: the host in 227 is not looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"0,0,0,0", "10,0,0,5", "127,0,0,1", "192,0,2,7"})
    void dialsTheServerItselfWhateverHost227Names(String host) {
        Playbook.loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 Entering Passive Mode (%s,4,0)
                ! dial SERVER 127.0.0.2 1024
                """.formatted(host));
    }

    /** R3: a cluster's data come from its nodes; the control connection's peer is always one of them. */
    @ParameterizedTest
    @CsvSource({
        "match, '127,0,0,2', 127.0.0.2",
        "10.0.0.0/8, '10,0,0,5', 10.0.0.5",
        "10.0.0.0/8, '127,0,0,2', 127.0.0.2",
        "127.0.0.0/8, '127,0,0,9', 127.0.0.9"
    })
    void dialsTheHostIn227WhereItIsAllowed(String use, String named, String dialled) {
        Playbook.cast().pasvAddress(use).loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 Entering Passive Mode (%s,4,1)
                ! dial SERVER %s 1025
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 50001
                C< 227 Entering Passive Mode (127,0,0,3,195,81)
                """.formatted(named, dialled));
    }

    /** R3, R4: another host, a port of a service, one of the gateway itself. */
    @ParameterizedTest
    @CsvSource({
        "match, '10,0,0,5,4,1'",
        "match, '0,0,0,0,4,1'",
        "match, '127,0,0,1,4,1'",
        "10.0.0.0/8, '11,0,0,5,4,1'",
        "10.0.0.0/8, '127,0,0,1,4,1'",
        "10.0.0.0/8, '0,0,0,0,4,1'",
        "10.0.0.0/8, '10,0,0,5,0,22'",
        "10.0.0.0/8, '10,0,0,5,39,15'"
    })
    void dialsNobodyWhere227NamesAForbiddenHost(String use, String named) {
        Playbook play = Playbook.cast().pasvAddress(use).loggedIn();
        play.log().own.add(new InetSocketAddress("10.0.0.5", 9999));

        play.play("""
                C> PASV
                S< PASV
                S> 227 Entering Passive Mode (%s)
                C< 425 Can't open data connection.
                ~
                """.formatted(named));

        assertThat(play.events().of(Rejected.class))
                .extracting(Rejected::reason)
                .containsExactly(Reason.BAD_PASSIVE_REPLY);
    }

    /** A 229 names no host: the server's own it is, whatever is allowed. */
    @Test
    void dialsTheServerItselfFor229() {
        Playbook.cast().pasvAddress("10.0.0.0/8").loggedIn().play("""
                C> EPSV
                S< EPSV
                S> 229 (|1|10.0.0.5|1025|)
                ! dial SERVER 127.0.0.2 1025
                """);
    }

    /** R1, R4, R5. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "227 (1,2,3,4,0,22)",
                "227 (1,2,3,4,0,0)",
                "227 (1,2,3,4,3,255)",
                "227 (1,2,3,4,256,1)",
                "227 no tuple",
                "200 (1,2,3,4,200,1)",
                "229 (|||2000|)"
            })
    void dialsNobodyWhereTheReplyNamesNoUsablePort(String reply) {
        Playbook.loggedIn().play("""
                C> PASV
                S< PASV
                S> %s
                C< 425 Can't open data connection.
                ~
                """.formatted(reply));
    }

    @Test
    void tellsTheListenerOfABad227() {
        Playbook play = Playbook.loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 (1,2,3,4,0,22)
                C< 425 Can't open data connection.
                """);

        assertThat(play.events().of(Rejected.class))
                .extracting(Rejected::reason)
                .containsExactly(Reason.BAD_PASSIVE_REPLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"229 (|||25|)", "229 (|||1023|)", "229 (|||65536|)", "229 |||2000|", "229 (||!2000|)"})
    void dialsNobodyWhere229NamesNoUsablePort(String reply) {
        Playbook.loggedIn().play("""
                C> EPSV
                S< EPSV
                S> %s
                S< PASV
                S> 502 no
                C< 502 no
                ~
                """.formatted(reply));
    }

    /** R1: only lines that carry the code are read. */
    @Test
    void readsNoLineInBetween() {
        Playbook.loggedIn().play("""
                C> PASV
                S< PASV
                S> 227-first
                S>  227 (1,2,3,4,200,1)
                S> 227 last
                C< 425 Can't open data connection.
                """);
    }

    @Test
    void readsTheFirstLineToo() {
        Playbook.loggedIn().play("""
                C> PASV
                S< PASV
                S> 227-=1,2,3,4,200,10
                S> 227 last
                ! dial SERVER 127.0.0.2 51210
                """);
    }

    /** P19: what comes behind the answer is for nobody. */
    @Test
    void takesOneAnswerOnly() {
        Playbook play = Playbook.cast().late().loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 =127,0,0,2,200,10
                ! listen CLIENT
                S> 227 =127,0,0,2,200,99
                S> 500 PASV?
                ~
                . listening CLIENT 50001
                C< 227 Entering Passive Mode (127,0,0,3,195,81).
                ~
                """);

        assertThat(play.events().of(Rejected.class)).hasSize(2);
    }

    @Test
    void takesNoAnswerBeforeItAsked() {
        Playbook.loggedIn().play("""
                C> PORT 127,0,0,1,200,10
                ! listen SERVER
                S> 200 ok
                ~
                . listening SERVER 51211
                S< PORT 127,0,0,3,200,11
                S> 200 ok
                C< 200 PORT command successful.
                """);
    }

    /** The server's answer to PORT must not be taken for that to the next command. */
    @Test
    void hearsTheServerOutWhenItsListenerFailed() {
        Playbook.loggedIn().play("""
                C> PORT 127,0,0,1,200,10
                ! listen SERVER
                . listening SERVER 51211
                S< PORT 127,0,0,3,200,11
                . failed SERVER
                ~
                S> 200 ok
                C< 425 Can't open data connection.
                C> NOOP
                S< NOOP
                """);
    }

    @Test
    void turnsADeadPortInto425() {
        Playbook.loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 =127,0,0,2,200,10
                ! dial SERVER 127.0.0.2 51210
                . failed SERVER
                C< 425 Can't open data connection.
                C> RETR f
                C< 425 Use PORT or PASV first.
                """);
    }

    @Test
    void closesTheServersConnectionWhereTheClientGetsNoPort() {
        Playbook.loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 =127,0,0,2,200,10
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                ! listen CLIENT
                . failed CLIENT
                ! close SERVER
                C< 425 Can't open data connection.
                """);
    }

    /** D4: without early dialling the server is dialled when the transfer comes, and before it is forwarded. */
    @Test
    void dialsLateBeforeTheTransferIsForwarded() {
        Playbook.cast().late().loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 =127,0,0,2,200,10
                ! listen CLIENT
                . listening CLIENT 50001
                C< 227 Entering Passive Mode (127,0,0,3,195,81).
                C> RETR f
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                S< RETR f
                """);
    }

    /** R7. */
    @Test
    void tellsTheConfiguredAddressInPasvOnly() {
        Playbook.cast()
                .passiveAddresses(client -> IpLiteral.parse("192.0.2.9"))
                .loggedIn()
                .play("""
                C> PASV
                S< PASV
                S> 227 =127,0,0,2,200,10
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 50001
                C< 227 Entering Passive Mode (192,0,2,9,195,81).
                """);
    }

    /** R7: the name of the address has not been found yet. */
    @Test
    void refusesPasvWhileItsAddressIsNotKnown() {
        Playbook play = Playbook.cast()
                .passiveAddresses(client -> {
                    throw new UnknownHostException("no ftp.example");
                })
                .loggedIn();

        play.play("""
                C> PASV
                S< PASV
                S> 227 =127,0,0,2,200,10
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 50001
                ! close CLIENT
                ! close SERVER
                C< 425 Can't open data connection.
                """);

        assertThat(play.events().of(DataConnectionFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.failure()).isEqualTo(DataFailure.NO_ADDRESS);
            assertThat(failed.detail()).isEqualTo("no ftp.example");
        });
    }

    /** R8: with REDIRECT the port is open at the gateway's address, and the client is to connect to the server's. */
    @Test
    void announcesTheAddressThatTheClientConnectedTo() {
        Playbook.cast().transparent().loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 =127,0,0,2,200,10
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 50001
                C< 227 Entering Passive Mode (127,0,0,2,195,81).
                """);
    }

    /** R8: EPSV means the address of the control connection, which is the server's to the client. */
    @Test
    void announcesThePortOnlyInEpsvWhereTheClientConnectedToTheServer() {
        Playbook.cast().transparent().loggedIn().play("""
                C> EPSV
                S< EPSV
                S> 229 Entering Extended Passive Mode (|||51210|)
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 50001
                C< 229 Entering Extended Passive Mode (|||50001|)
                """);
    }

    /** D17: the old connections close before the new reply goes out. */
    @ParameterizedTest
    @CsvSource({"PASV, PASV", "'PORT 127,0,0,1,200,10', '! listen SERVER'", "EPSV, EPSV"})
    void replacesWhatWasAgreedBefore(String command, String next) {
        TransferExchangeTest.passive().play("""
                C> %s
                ! close CLIENT
                ! close SERVER
                %s
                """.formatted(command, next.startsWith("!") ? next : "S< " + next));
    }

    /** D18, row 29. */
    @Test
    void neverHasTwoListenersInTenThousandPasv() {
        Playbook play = TransferExchangeTest.passive();

        for (int i = 0; i < 10_000; i++) {
            play.play("""
                    C> PASV
                    ! close CLIENT
                    ! close SERVER
                    S< PASV
                    S> 227 =127,0,0,2,200,10
                    ! dial SERVER 127.0.0.2 51210
                    . connected SERVER
                    ! listen CLIENT
                    . listening CLIENT 50001
                    C< 227 Entering Passive Mode (127,0,0,3,195,81).
                    """);
        }

        play.play("""
                . client-gone
                ! abort CLIENT
                ! abort SERVER
                ! end
                """);
        assertThat(play.log().timers()).isZero();
    }

    /** D19. */
    @Test
    void closesWhatNobodyUsesWithinAMinute() {
        TransferExchangeTest.passive().play("""
                . elapse 59.999s
                ~
                . elapse 0.001s
                ! close CLIENT
                ! close SERVER
                C> RETR f
                C< 425 The data port has expired, use PORT or PASV again.
                """);
    }

    /** D1: the listener that turned too many strangers away is gone, and with it what was agreed. */
    @Test
    void forgetsThePlanWhenAListenerFailsBetweenCommands() {
        TransferExchangeTest.passive().play("""
                C> NOOP
                S< NOOP
                . failed CLIENT
                ! close SERVER
                S> 200 ok
                C< 200 ok
                C> RETR f
                C< 425 Can't open data connection.
                """);
    }
}
