package io.ftpalg.session.login;

import static io.ftpalg.session.Logins.forward;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** L3: what is answered before the client has named a server. */
class NoServerRuleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "NOOP; 200 OK.",
                "SYST; 215 UNIX Type: L8",
                "HELP; 214 Log in with USER user@host and PASS.",
                "OPTS UTF8 ON; 200 OK.",
                "OPTS MLST size; 501 Bad argument.",
                "CLNT lftp; 200 OK.",
                "LANG en; 501 Bad argument.",
                "HOST ftp.example; 502 Command not allowed.",
                "REIN; 220 Ready for a new user.",
                "RETR f; 530 Log in with USER user@host and PASS.",
                "PASV; 530 Log in with USER user@host and PASS.",
                "XYZ; 502 Command not allowed.",
                "PASS x; 503 Log in with USER first.",
                "AUTH TLS; 502 TLS is not available.",
                "LPRT 1; 502 Command not allowed."
            })
    void answersItself(String command, String reply) {
        forward().play("C> " + command + "\nC< " + reply + "\n~");
    }

    /** R18. */
    @Test
    void offersTheGatewaysOwnFeatures() {
        forward().play("""
                C> FEAT
                C< 211-Features:
                C<  EPRT
                C<  EPSV
                C< 211 End
                """);
    }

    @Test
    void saysGoodbye() {
        forward().play("""
                C> QUIT
                C< 221 Goodbye.
                ! end
                """);
    }

    /** T1. */
    @Test
    void endsWhenNobodyLogsIn() {
        forward().play("""
                . elapse 60s
                C< 421 Login took too long.
                ! end
                """);
    }
}
