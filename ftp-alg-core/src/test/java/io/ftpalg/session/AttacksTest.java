package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.transfer.TransferExchangeTest;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known attacks on FTP and on gateways for it, as far as they meet the session. */
class AttacksTest {

    /** Rows 1 and 3, CVE-1999-0017; row 32, a transfer to a third party. */
    @ParameterizedTest
    @ValueSource(strings = {"PORT 10,0,0,5,0,25", "EPRT !1!10.0.0.5!25!", "PORT 127,0,0,2,200,10"})
    void bounceReachesNobody(String command) {
        Playbook play = Playbook.loggedIn().play("""
                C> %s
                C< 501 Data address not allowed.
                C> RETR mail.txt
                S< RETR mail.txt
                ~
                """.formatted(command));

        assertThat(play.events().of(Rejected.class)).singleElement().satisfies(event -> assertThat(event.reason())
                .isEqualTo(Rejected.Reason.BOUNCE));
    }

    /** Row 3, R13: no verb that names a data port passes unparsed. */
    @ParameterizedTest
    @ValueSource(strings = {"LPRT 4,4,10,0,0,5,2,0,25", "LPSV", "CPSV", "SPSV", "SSCN ON"})
    void bounceByOtherVerbsReachesNobody(String command) {
        Playbook.loggedIn().play("C> " + command + "\nC< 502 Command not allowed.\n~");
    }

    /** Row 4, CVE-2020-8284. */
    @Test
    void passiveReplyScansNobody() {
        Playbook.loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 Entering Passive Mode (192,168,0,1,0,22).
                C< 425 Can't open data connection.
                ~
                """);
    }

    /** A client on the gateway's own host makes it connect to itself. */
    @ParameterizedTest
    @ValueSource(strings = {"PORT 127,0,0,1,8,73", "EPRT |1|127.0.0.1|2121|"})
    void bounceDoesNotReachAListenerOfTheGateway(String command) {
        Playbook play = Playbook.loggedIn();
        play.log().own.add(new InetSocketAddress("127.0.0.1", 2121));

        play.play("C> " + command + "\nC< 501 Data address not allowed.\n~");

        assertThat(play.events().of(Rejected.class)).singleElement().satisfies(event -> assertThat(event.reason())
                .isEqualTo(Rejected.Reason.BOUNCE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"PASV; 227 (127,0,0,2,8,73)", "EPSV; '229 (|||2121|)\nS< PASV\nS> 425 no'"})
    void passiveReplyDoesNotReachAListenerOfTheGateway(String command, String reply) {
        Playbook play = Playbook.loggedIn();
        play.log().own.add(new InetSocketAddress("127.0.0.2", 2121));

        play.play("C> %s\nS< %s\nS> %s\nC< 425 %s\n~"
                .formatted(command, command, reply, command.equals("PASV") ? "Can't open data connection." : "no"));

        assertThat(play.events().of(Rejected.class)).singleElement().satisfies(event -> assertThat(event.reason())
                .isEqualTo(Rejected.Reason.BAD_PASSIVE_REPLY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"PASV; 227 (127,0,0,2,8,73)", "EPSV; '229 (|||2121|)\nS< PASV\nS> 425 no'"})
    void passiveReplyDoesNotReachTheServersControlPort(String command, String reply) {
        Playbook play = Playbook.cast()
                .serverAt(new InetSocketAddress("127.0.0.2", 2121))
                .loggedIn();

        play.play("C> %s\nS< %s\nS> %s\nC< 425 %s\n~"
                .formatted(command, command, reply, command.equals("PASV") ? "Can't open data connection." : "no"));
    }

    /** A name with a line end in it makes the server say what looks like the answer to the next command. */
    @Test
    void aReplyThatCameBeforePasvWasSentIsNotItsAnswer() {
        Playbook play = Playbook.loggedIn().play("""
                C> CWD x
                S< CWD x
                C> PASV
                S> 550 x
                C< 550 x
                S< PASV
                S+ 227 : No such directory (10,0,0,1,78,32)
                ~
                S> 227 Entering Passive Mode (127,0,0,2,200,10)
                ! dial SERVER 127.0.0.2 51210
                """);

        assertThat(play.events().of(Rejected.class)).singleElement().satisfies(event -> assertThat(event.reason())
                .isEqualTo(Rejected.Reason.UNSOLICITED_REPLY));
    }

    /** The same, with the same answer from the server in time, of every command whose answer changes something. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "EPSV; EPSV; 229 (|||2000|); 500 no; S< PASV",
                "TYPE A; TYPE A; 200 early; 504 no; C< 504 no",
                "FEAT; FEAT; 211 early; 502 no; C< 211-Features:|C<  EPRT|C<  EPSV|C< 211 End",
                "REIN; REIN; 220 early; 502 no; C< 502 no",
                "QUIT; QUIT; 221 early; 500 no; C< 500 no",
                "USER u; USER u; 230 early; 530 no; C< 530 no",
                "PASS p; PASS p; 230 early; 530 no; C< 530 no"
            })
    void aReplyThatCameBeforeACommandWasSentIsNotItsAnswer(
            String command, String sent, String early, String late, String follows) {
        Playbook.loggedIn().play("""
                C> %s
                S< %s
                S+ %s
                ~
                S> %s
                %s
                """.formatted(command, sent, early, late, follows.replace('|', '\n')));
    }

    /** Each line of it, though its last is read when the command has been sent. */
    @Test
    void aReplyThatBeganBeforeACommandIsNotItsAnswerAtItsEnd() {
        Playbook.loggedIn().play("""
                C> TYPE I
                S< TYPE I
                S+ 200-early
                S+ 200 early
                ~
                S> 200 Type set to I
                C< 200 Type set to I
                """);
    }

    @Test
    void aTransferIsNotAnnouncedBeforeItsCommandIsSent() {
        TransferExchangeTest.passive().play("""
                C> RETR f
                S< RETR f
                S+ 226 done
                ~
                S> 150 here it is
                C< 150 here it is
                """);
    }

    /** The gateway's own commands: the answer to AUTH is not in what came with the greeting. */
    @Test
    void aReplyThatCameBeforeAuthWasSentDoesNotBeginTls() {
        Playbook.cast()
                .serverTls(ServerTls.explicit(ServerTls.Mode.REQUIRED))
                .connected()
                .play("""
                S> 220 ready
                S< AUTH TLS
                S+ 234 begin
                ~
                S> 234 begin
                ! tls SERVER
                . secured SERVER
                S< PBSZ 0
                S+ 200 early
                ~
                S> 200 PBSZ=0
                S< PROT P
                S+ 200 early
                ~
                S> 534 no
                C< 421 TLS with the server failed.
                ! end
                """);
    }

    /** The server may end the session at any time. */
    @Test
    void aGoodbyeIsHeardBeforeACommandIsSent() {
        Playbook.loggedIn().play("""
                C> NOOP
                S< NOOP
                S+ 421 going down
                C< 421 going down
                ! end
                """);
    }

    /** Rows 5 and 6, VU#328867, VU#288905. */
    @Test
    void echoedPassiveReplyOpensNothing() {
        TransferExchangeTest.passive().play("""
                C> NLST 227 Entering Passive Mode (10,0,0,1,0,22)
                S< NLST 227 Entering Passive Mode (10,0,0,1,0,22)
                S> 550-
                S> 227 Entering Passive Mode (10,0,0,1,0,22)
                S> 550 none
                C< 550-
                C< 227 Entering Passive Mode (10,0,0,1,0,22)
                C< 550 none
                ~
                """);
    }

    /** Row 7, CVE-2020-16043. */
    @Test
    void httpIsClosedWithoutAWord() {
        Playbook play = Playbook.cast().greeted().play("""
                C> #HTTP
                S< QUIT
                ! end
                C> PORT 10,0,0,2,0,22
                ~
                """);

        assertThat(play.events().of(SessionClosed.class).get(0).cause()).isEqualTo(CloseCause.NOT_FTP);
    }

    /** Row 7: ten bad lines before the login. */
    @Test
    void tenBadLinesEndASessionWithoutLogin() {
        Playbook play = Playbook.cast().greeted();
        for (int i = 1; i < 10; i++) {
            play.play("C> #BAD_VERB\nC< 500 Command not understood.").play(". elapse 1s");
        }

        play.play("""
                C> #BAD_VERB
                C< 500 Command not understood.
                C< 421 Too many bad commands.
                S< QUIT
                ! end
                """);
    }

    /** Row 11: a login that the router does not understand names no host. */
    @Test
    void controlBytesEndALine() {
        Playbook.cast().forward().begin().play("""
                . start
                C< 220 FTP gateway ready; log in as user@host.
                C> #CONTROL_BYTE
                C< 501 Bad argument.
                ~
                """);
    }

    /** Row 20, 41: each refused target costs the same time and says the same. */
    @ParameterizedTest
    @CsvSource({
        "a@169.254.169.254:80, a@169.254.169.254:80",
        "a@[::ffff:127.0.0.1]:22, a@[::ffff:127.0.0.1]:22",
        "a@2130706433, a",
        "a@10.0.0.1:1024, a@10.0.0.1:1024"
    })
    void refusedTargetsAreAllAlike(String login, String asked) {
        Playbook.cast().forward().begin().play("""
                . start
                C< 220 FTP gateway ready; log in as user@host.
                C> USER %s
                ! route %s
                . elapse 3s
                . route-refused
                . elapse 11.999s
                ~
                . elapse 0.001s
                C< 421 Service not available.
                ! end
                """.formatted(login, asked));
    }

    /** Row 28. */
    @Test
    void exhaustedPortsAreA425() {
        Playbook play = Playbook.loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 =127,0,0,2,200,10
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                ! listen CLIENT
                """);

        play.session().dataEvents().onPassivePortsExhausted();

        play.play("""
                . failed CLIENT
                ! close SERVER
                C< 425 Can't open data connection.
                """);
        assertThat(play.events().of(Rejected.class)).singleElement().satisfies(event -> assertThat(event.reason())
                .isEqualTo(Rejected.Reason.PASSIVE_PORTS_EXHAUSTED));
    }

    /** Row 30: the client is not read on while 64 commands wait; those in flight then are still not lost. */
    @Test
    void floodOfCommandsPausesTheClientOnce() {
        Playbook play = Playbook.loggedIn().play("C> NOOP\nS< NOOP");
        for (int i = 0; i < 63; i++) {
            play.play("C> NOOP");
        }

        play.play("C> NOOP\n! pause");
        for (int i = 0; i < 1000; i++) {
            play.play("C> NOOP\n~");
        }
    }

    /** Row 31, CVE-2020-9273. */
    @ParameterizedTest
    @ValueSource(strings = {"client-gone", "client-fin", "stop-now", "server-gone", "server-garbage"})
    void aCutUploadIsNeverA226(String event) {
        Playbook play = TransferExchangeTest.passive().play("""
                C> STOR f
                S< STOR f
                S> 150 send
                C< 150 send
                . connected CLIENT
                ! relay CLIENT
                """);

        play.play(". " + event + (event.startsWith("client") ? "\n! cut-unless-sent" : "\n! abort-relay"));
        assertThat(play.log().takeAll()).noneMatch(wish -> wish.startsWith("C< 2"));
        play.session().onServerLine(new ReplyLine(226, ReplyLine.Position.ONLY, "done"));
        play.play("""
                . ended ABORTED 0 7
                ! end
                """);

        assertThat(play.log().timers()).isZero();
    }

    /** Row 34: what a listener is told of a login is the name. */
    @Test
    void passwordsAreToldToNobody() {
        assertThat(Playbook.loggedIn().events().all).isNotEmpty().allSatisfy(event -> assertThat(event.toString())
                .doesNotContain("secret"));
    }

    /** Row 39: a hundred are discarded, and the answer to a command is found behind them; one more ends the session. */
    @Test
    void floodOfFinalRepliesEndsTheSession() {
        Playbook play = Playbook.loggedIn();
        for (int flood = 0; flood < 2; flood++) {
            for (int i = 0; i < 100; i++) {
                play.play("S> 226 and again\n~");
            }
            play.play("C> NOOP\nS< NOOP\nS> 200 ok\nC< 200 ok");
        }
        for (int i = 0; i < 100; i++) {
            play.play("S> 226 and again\n~");
        }

        play.play("""
                S> 226 and again
                C< 421 The server sends unsolicited replies.
                S< QUIT
                ! end
                """);
    }

    /** Row 39: a hundred are borne, one more ends the session. */
    @Test
    void endlessPreliminaryRepliesEndTheSession() {
        Playbook play = Playbook.loggedIn().play("C> HASH f\nS< HASH f");
        for (int i = 0; i < 100; i++) {
            play.play("S> 150 working\nC< 150 working");
        }

        play.play("""
                S> 150 working
                C< 421 The server does not use FTP.
                ! end
                """);
    }

    /** Row 42: offsets are the server's business. */
    @ParameterizedTest
    @ValueSource(strings = {"REST 99999999999999999999", "REST -1"})
    void offsetsPassAsText(String command) {
        Playbook.loggedIn().play("C> " + command + "\nS< " + command + "\nS> 501 no\nC< 501 no");
    }
}
