package io.ftpalg.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ftpalg.rules.Decision;
import io.ftpalg.rules.RuleSet;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidCommandsTest {
    private static final String LIST = "USER=^[a-z]+$, PASS CWD\tRETR=[.]txt$ RETR=^a%20b$,XMKD,SITE=^(CHMOD|UMASK)%20";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USER bob | 0",
                "USER Bob | 501",
                "PASS x | 0",
                "XCWD x | 0",
                "MKD x | 0",
                "RETR x.txt | 0",
                "RETR a b | 0",
                "RETR a c | 501",
                "SITE CHMOD 644 x | 0",
                "SITE HELP | 501",
                "STOR x.txt | 502",
                "XDUP | 502",
                "QUIT | 0"
            })
    void decide(String command, int refused) {
        RuleSet rules = new RuleSet(ValidCommands.rules(LIST), RuleSet.Default.ALLOW);
        Question question = Question.of(command, Instant.EPOCH);

        Decision decision = rules.decide(question.command(), question.session(), question.now());

        assertThat(decision instanceof Decision.Denied denied ? denied.reply().code() : 0)
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RETR=(", "RETR=%28", "R-TR", "=x"})
    void refuses(String list) {
        assertThatIllegalArgumentException().isThrownBy(() -> ValidCommands.rules(list));
    }

    @Test
    void takes20000Characters() {
        assertThat(ValidCommands.rules("USER" + " ".repeat(19_992) + "PASS")).hasSize(2);
    }

    @Test
    void refuses20001Characters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValidCommands.rules("USER" + " ".repeat(19_993) + "PASS"));
    }
}
