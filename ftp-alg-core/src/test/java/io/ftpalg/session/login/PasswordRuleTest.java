package io.ftpalg.session.login;

import static io.ftpalg.session.Logins.forward;

import io.ftpalg.session.Playbook;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"PASS secret", "ACCT sales"})
    void wantsAUserFirstWhereThereIsNoServer(String command) {
        forward().play("""
                C> %s
                C< 503 Log in with USER first.
                ~
                """.formatted(command));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PASS secret", "ACCT sales"})
    void asksTheServerWhereThereIsOne(String command) {
        Playbook.cast().greeted().play("C> " + command + "\nS< " + command);
    }
}
