package io.ftpalg.session;

import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.session.transfer.TransferExchangeTest;
import org.junit.jupiter.api.Test;

/** The example dialogues of the protocol rules, as far as they need neither codec, sockets nor TLS. */
class OraclesTest {

    @Test
    void e1HostilePassiveReplyDialsNobody() {
        Playbook.loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 Entering Passive Mode (169,254,169,254,0,80).
                C< 425 Can't open data connection.
                ~
                """);
    }

    @Test
    void e2PassiveReplyInATextIsText() {
        TransferExchangeTest.passive().play("""
                C> RETR 227 Entering Passive Mode (10,0,0,1,0,22)
                S< RETR 227 Entering Passive Mode (10,0,0,1,0,22)
                S> 550 227 Entering Passive Mode (10,0,0,1,0,22): No such file
                C< 550 227 Entering Passive Mode (10,0,0,1,0,22): No such file
                ~
                """);
    }

    @Test
    void e3PassiveReplyThatNobodyAskedForIsDropped() {
        Playbook.loggedIn().play("""
                S> 227 Entering Passive Mode (10,0,0,1,4,5).
                ~
                C> PASV
                S< PASV
                ~
                """);
    }

    @Test
    void e4PassiveReplyInsideAReplyIsText() {
        Playbook.loggedIn().play("""
                C> STAT
                S< STAT
                S> 211-Status
                C< 211-Status
                S> 227 Entering Passive Mode (1,2,3,4,5,6)
                C< 227 Entering Passive Mode (1,2,3,4,5,6)
                S> 211 End
                C< 211 End
                ~
                """);
    }

    @Test
    void e5EpsvOverIpv6BecomesPasvOverIpv4() {
        Playbook.cast().clientOverIpv6().mode(ServerDataMode.PASV).loggedIn().play("""
                C> EPSV
                S< PASV
                S> 227 =192,0,2,31,237,19
                ! dial SERVER 127.0.0.2 60691
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 40123
                C< 229 Entering Extended Passive Mode (|||40123|)
                """);
    }

    @Test
    void e6EpsvAllAllowsEpsvOnly() {
        Playbook.loggedIn().play("""
                C> EPSV ALL
                C< 200 EPSV ALL accepted.
                C> PASV
                C< 500 Not allowed after EPSV ALL.
                C> EPSV
                S< EPSV
                S> 229 (|||51210|)
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 50001
                C< 229 Entering Extended Passive Mode (|||50001|)
                """);
    }

    @Test
    void e9Early226WaitsForTheData() {
        TransferExchangeTest.downloading().play("""
                S> 226 done
                ~
                . elapse 60s
                ~
                . ended COMPLETE 10485760 0
                C< 226 done
                """);
    }

    @Test
    void e10LateClientGetsItsBytes() {
        TransferExchangeTest.passive().play("""
                C> RETR tiny
                S< RETR tiny
                S> 150 here
                C< 150 here
                S> 226 done
                . elapse 3s
                ~
                . connected CLIENT
                ! relay SERVER
                . ended COMPLETE 3 0
                C< 226 done
                """);
    }

    @Test
    void e11RefusalPassesAtOnce() {
        TransferExchangeTest.passive().play("""
                C> NLST /none
                S< NLST /none
                S> 550 none
                C< 550 none
                ~
                """);
    }

    @Test
    void e12AuthIsRefusedAndWhatFollowsIsOrdinary() {
        Playbook.cast().greeted().play("""
                C> AUTH TLS
                C< 502 TLS is not available.
                C> USER x
                S< USER x
                """);
    }

    @Test
    void e13NothingComesBetweenRestAndRetr() {
        Playbook.loggedIn().play("""
                C> PASV
                S< PASV
                C> REST 100
                C> RETR f
                S> 227 =127,0,0,2,200,10
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 50001
                C< 227 Entering Passive Mode (127,0,0,3,195,81).
                S< REST 100
                S> 350 from 100
                C< 350 from 100
                S< RETR f
                ~
                """);
    }

    @Test
    void e14OpenProxyHearsTheUniformRefusal() {
        Playbook.cast().forward().begin().play("""
                . start
                C< 220 FTP gateway ready; log in as user@host.
                C> USER a@127.1:6379
                ! route a
                . route-refused
                ~
                . elapse 15s
                C< 421 Service not available.
                ! end
                """);
    }
}
