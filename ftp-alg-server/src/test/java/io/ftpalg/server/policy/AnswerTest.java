package io.ftpalg.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.Direction;
import io.ftpalg.rules.Action;
import io.ftpalg.rules.Conditions;
import io.ftpalg.rules.Rule;
import io.ftpalg.rules.RuleSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final RuleSet RULES = new RuleSet(
            List.of(
                    new Rule("home", "line 3", Conditions.NONE.users(RuleText.user("bob")), new Action.Jail("/in/%u")),
                    new Rule(
                            "no-programs",
                            "line 4",
                            Conditions.NONE.names(RuleText.fileName("*.exe")),
                            Action.Deny.USUAL),
                    new Rule(
                            "partners",
                            "line 5",
                            Conditions.NONE
                                    .clients(Cidr.parse("10.0.0.0/8").orElseThrow())
                                    .directions(Direction.UPLOAD),
                            new Action.Allow(
                                    new TransferPermit(Optional.of(100L), Optional.of(Set.of("types", "hash"))),
                                    false))),
            RuleSet.Default.DENY);

    @Test
    void namesTheRuleThatDenies() {
        assertThat(lines("user=bob STOR ../in/x.exe"))
                .containsExactly(
                        "1. home (line 3): yes, user: bob",
                        "2. no-programs (line 4): yes, file: *.exe",
                        "denied by no-programs (line 4): 553 File name not allowed.",
                        "path at the server: /in/bob/in/x.exe");
    }

    @Test
    void namesTheRuleThatAllowsAndWhatIsSent() {
        assertThat(lines("client=10.0.0.7 STOR ../x.txt"))
                .containsExactly(
                        "1. home (line 3): no, not user: bob",
                        "2. no-programs (line 4): no, not file: *.exe",
                        "3. partners (line 5): yes, direction: upload; client: 10.0.0.0/8",
                        "allowed by partners (line 5)",
                        "path at the server: /x.txt",
                        "sent to the server: STOR /x.txt",
                        "at most 100 bytes",
                        "inspected by: hash, types",
                        "if the server has no such file (MDTM)");
    }

    @Test
    void namesTheDefault() {
        assertThat(lines("client=192.0.2.1 STOR x.txt"))
                .contains("denied by rules-default deny: 550 Permission denied.");
    }

    @Test
    void namesWhatIsDeniedAlways() {
        assertThat(lines("SITE EXEC x")).containsExactly("denied always (safe-site): 502 Command not allowed.");
    }

    @Test
    void hidesPasswords() {
        assertThat(lines("PASS secret"))
                .contains("sent to the server: PASS ***")
                .noneMatch(line -> line.contains("secret"));
    }

    private static List<String> lines(String question) {
        return Answer.of(RULES, Question.of(question, Instant.EPOCH)).lines();
    }
}
