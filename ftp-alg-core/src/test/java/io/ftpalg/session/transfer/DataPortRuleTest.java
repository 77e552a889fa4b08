package io.ftpalg.session.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.session.Playbook;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before the server hears of it. */
class DataPortRuleTest {

    private static Playbook refused(Playbook play, String command, String reply) {
        return play.play("C> " + command + "\nC< " + reply + "\n~");
    }

    /** R9, R10. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PORT 10,0,0,5,200,10",
                "EPRT |1|10.0.0.5|2500|",
                "EPRT |2|2001:db8::9|2500|",
                "EPRT |2|2001:db8::1|2500|"
            })
    void refusesPortToAThirdParty(String command) {
        Playbook play = refused(Playbook.loggedIn(), command, "501 Data address not allowed.");

        assertThat(play.events().of(Rejected.class))
                .extracting(Rejected::reason)
                .containsExactly(Reason.BOUNCE);
    }

    /** R9: a network that is named may be, the client's own by itself may not. */
    @Test
    void letsPortNameAHostOfAListedNetworkOnly() {
        Playbook.cast().dataPeers("10.0.0.0/24").loggedIn().play("C> PORT 10,0,0,5,200,10\n! listen SERVER");
        Playbook.cast().dataPeers("10.0.0.0/24").loggedIn().play("C> EPRT |1|127.0.0.1|2500|\n! listen SERVER");
        refused(
                Playbook.cast().dataPeers("10.0.0.0/24").loggedIn(),
                "PORT 10,0,1,5,200,10",
                "501 Data address not allowed.");
        refused(
                Playbook.cast().dataPeers("10.0.0.0/24").loggedIn(),
                "PORT 10,0,0,5,0,25",
                "504 Data ports below 1024 are not allowed.");
        Playbook neighbour = refused(
                Playbook.cast().dataPeers("network/24").loggedIn(),
                "PORT 127,0,0,9,200,10",
                "501 Data address not allowed.");

        assertThat(neighbour.events().of(Rejected.class))
                .extracting(Rejected::reason)
                .containsExactly(Reason.BOUNCE);
    }

    @Test
    void letsPortNameNoListenerOfTheGatewayWhateverIsListed() {
        Playbook play = Playbook.cast().dataPeers("10.0.0.0/24").loggedIn();
        play.log().own.add(new InetSocketAddress("10.0.0.5", 9999));

        refused(play, "PORT 10,0,0,5,39,15", "501 Data address not allowed.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PORT",
                "PORT 127,0,0,1,4",
                "PORT 127,0,0,1,4,5,6",
                "PORT 127,0,0,1,256,5",
                "PORT 127,0,0,1,,5",
                "PORT localhost",
                "EPRT |1|127.1|2500|",
                "EPRT |1|localhost|2500|",
                "EPRT |1|127.0.0.1|65536|",
                "EPRT |1|127.0.0.1|2500",
                "EPRT |2|127.0.0.1|2500|",
                "EPRT"
            })
    void refusesWhatIsNoAddress(String command) {
        refused(Playbook.loggedIn(), command, "501 Data address not allowed.");
    }

    /** R9. */
    @ParameterizedTest
    @ValueSource(
            strings = {"PORT 127,0,0,1,0,25", "PORT 127,0,0,1,3,255", "PORT 127,0,0,1,0,0", "EPRT |1|127.0.0.1|1023|"})
    void refusesPortsBelow1024(String command) {
        refused(Playbook.loggedIn(), command, "504 Data ports below 1024 are not allowed.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PORT 127,0,0,1,4,0",
                "EPRT |1|127.0.0.1|1024|",
                "EPRT !1!127.0.0.1!1024!",
                "EPRT |2|::ffff:127.0.0.1|1024|"
            })
    void takesPort1024OfTheClientItself(String command) {
        Playbook.loggedIn().play("C> " + command + "\n! listen SERVER");
    }

    /** R10. */
    @ParameterizedTest
    @ValueSource(strings = {"EPRT |3|127.0.0.1|2500|", "EPRT |0|127.0.0.1|2500|", "EPSV 3", "EPSV 0", "EPSV x"})
    void namesTheFamiliesForAnUnknownOne(String command) {
        refused(Playbook.loggedIn(), command, "522 Network protocol not supported, use (1,2)");
    }

    /** R11. */
    @ParameterizedTest
    @CsvSource({"EPSV", "EPSV 1", "epsv  1 "})
    void takesEpsvOfItsOwnFamily(String command) {
        Playbook.loggedIn().play("C> " + command + "\nS< EPSV");
    }

    @Test
    void refusesEpsvOfTheOtherFamily() {
        refused(Playbook.loggedIn(), "EPSV 2", "522 Network protocol not supported, use (1)");
        refused(Playbook.cast().greetedBy(true), "EPSV 1", "522 Network protocol not supported, use (2)");
    }

    /** R7. */
    @Test
    void refusesPasvOfAClientOverIpv6() {
        refused(Playbook.cast().greetedBy(true), "PASV", "501 No IPv4 address here, use EPSV.");
    }

    /** R11, R12: EPSV ALL is answered here; a failed transfer does not clear it, REIN does. */
    @Test
    void allowsOnlyEpsvAfterEpsvAllUntilRein() {
        Playbook.loggedIn().play("""
                C> EPSV ALL
                C< 200 EPSV ALL accepted.
                C> PASV
                C< 500 Not allowed after EPSV ALL.
                C> PORT 127,0,0,1,200,10
                C< 500 Not allowed after EPSV ALL.
                C> EPRT |1|127.0.0.1|2500|
                C< 500 Not allowed after EPSV ALL.
                C> LPSV
                C< 502 Command not allowed.
                C> RETR f
                S< RETR f
                S> 425 Use PASV
                C< 425 Use PASV
                . elapse 1s
                C> PASV
                C< 500 Not allowed after EPSV ALL.
                C> REIN
                S< REIN
                S> 220 anew
                C< 220 anew
                C> PASV
                S< PASV
                """);
    }
}
