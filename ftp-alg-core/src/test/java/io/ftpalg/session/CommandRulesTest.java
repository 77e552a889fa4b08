package io.ftpalg.session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandRulesTest {

    /** DrFTPD finds a port for PASV by what PRET announces. */
    @Test
    void passesPret() {
        Playbook.loggedIn().play("C> PRET RETR a file\nS< PRET RETR a file\nS> 200 ok\nC< 200 ok\n~");
    }

    /** P16, P17, D26: all other verbs, known or not, pass with their argument untouched. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "TYPE A",
                "STRU F",
                "STRU R",
                "MODE S",
                "MODE Z",
                "REST 5",
                "ALLO 100",
                "SIZE f",
                "MDTM f",
                "RNFR   a ",
                "RNTO b",
                "OPTS UTF8 ON",
                "XSHA256 f",
                "SITE CHMOD 600 f",
                "XYZ what",
                "NOOP",
                "HELP"
            })
    void passes(String command) {
        Playbook.loggedIn().play("C> " + command + "\nS< " + command + "\nS> 299 fine\nC< 299 fine\n~");
    }

    /** D28, and what needs TLS. */
    @ParameterizedTest
    @CsvSource({
        "MODE B, 504 Parameter not supported.",
        "mode c, 504 Parameter not supported.",
        "STRU P, 504 Parameter not supported.",
        "AUTH TLS, 502 TLS is not available.",
        "PBSZ 0, 503 Send AUTH first.",
        "PROT P, 503 Send AUTH first.",
        "ADAT x, 503 Send AUTH first.",
        "CCC, 533 Not under TLS.",
        "MIC x, 502 Command not allowed.",
        "CONF x, 502 Command not allowed.",
        "ENC x, 502 Command not allowed.",
        "SITE EXEC id, 502 Command not allowed."
    })
    void refuses(String command, String reply) {
        Playbook.loggedIn().play("C> " + command + "\nC< " + reply + "\n~");
    }
}
