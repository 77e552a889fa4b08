package io.ftpalg.rules;

import static io.ftpalg.rules.Contexts.BOB;
import static io.ftpalg.rules.Contexts.NOON;
import static io.ftpalg.rules.Contexts.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.rules.RuleSet.Default;
import io.ftpalg.rules.path.TextPattern;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFilterTest {
    private static final Rule SECRET =
            new Rule("secret", "", Conditions.NONE.paths(TextPattern.glob("/secret/**")), Action.Deny.USUAL);
    private static final Rule ONCE = new Rule("once", "", Conditions.NONE, new Action.Allow(TransferPermit.ANY, false));

    private static RuleFilter filter(Default otherwise, Rule... rules) {
        return new RuleFilter(new RuleSet(List.of(rules), otherwise), () -> NOON);
    }

    @Test
    void refusesWithTheNameOfTheRuleAndThePath() {
        assertThat(filter(Default.ALLOW, SECRET).filter(command("RETR /secret/../secret/f"), BOB))
                .isEqualTo(new Verdict.Refuse(
                        FtpReply.of(550, "Permission denied."), Optional.of("secret"), Optional.of("/secret/f")));
    }

    @Test
    void namesTheDefault() {
        Verdict verdict = filter(Default.DENY).filter(command("RETR /f"), BOB);

        assertThat(((Verdict.Refuse) verdict).rule()).contains("default");
    }

    @Test
    void replacesOnlyWhatIsSentInAnotherWay() {
        assertThat(filter(Default.ALLOW, SECRET).filter(command("RETR f"), BOB)).isSameAs(Verdict.allow());
        assertThat(filter(Default.ALLOW, SECRET).filter(command("RETR ../f"), BOB))
                .isEqualTo(new Verdict.Replace(command("RETR /home/f")));
    }

    @Test
    void asksForTheWorkingDirectoryAndDecidesByIt() {
        Verdict.Ask ask =
                (Verdict.Ask) filter(Default.ALLOW, SECRET).filter(command("RETR f"), Contexts.in(Optional.empty()));
        FtpReply reply = FtpReply.of(257, "whatever the session makes of it");

        assertThat(ask.question()).isEqualTo(command("PWD"));
        assertThat(ask.decide().decide(reply, Contexts.in("/in"))).isSameAs(Verdict.allow());
        assertThat(ask.decide().decide(reply, Contexts.in("/secret"))).isInstanceOf(Verdict.Refuse.class);
        assertThat(ask.decide().decide(reply, Contexts.in(Optional.empty())))
                .isInstanceOfSatisfying(
                        Verdict.Refuse.class,
                        refusal -> assertThat(refusal.reply().code()).isEqualTo(550));
    }

    /** 213 is the time of a file; a server without MDTM could replace one. */
    @ParameterizedTest
    @CsvSource({"213,false", "550,true", "500,false", "502,false", "250,false", "450,false"})
    void letsAnUploadBeginOnlyWhereThereIsNoFile(int code, boolean allowed) {
        Verdict.Ask ask = (Verdict.Ask) filter(Default.DENY, ONCE).filter(command("STOR f"), BOB);

        assertThat(ask.question()).isEqualTo(command("MDTM /home/bob/f"));
        assertThat(ask.decide().decide(FtpReply.of(code, "x"), BOB) == Verdict.allow())
                .isEqualTo(allowed);
    }

    @Test
    void asksForNoFileWhereNoneIsReplaced() {
        assertThat(filter(Default.DENY, ONCE).filter(command("RETR f"), BOB)).isSameAs(Verdict.allow());
        assertThat(filter(Default.DENY, ONCE).filter(command("STOU"), BOB)).isSameAs(Verdict.allow());
        assertThat(filter(Default.DENY, ONCE).filter(command("APPE f"), BOB)).isInstanceOf(Verdict.Ask.class);
    }

    @Test
    void needsASession() {
        assertThatThrownBy(() -> filter(Default.DENY).filter(command("RETR f")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void permitsWhatTheRuleDoes() {
        TransferPermit permit = new TransferPermit(Optional.of(100L), Optional.of(Set.of("hash")));
        RuleFilter filter = new RuleFilter(
                new RuleSet(
                        List.of(new Rule("small", "", Conditions.NONE, new Action.Allow(permit, true))),
                        RuleSet.Default.DENY),
                InstantSource.fixed(Instant.EPOCH));

        assertThat(filter.filter(command("STOR f"), Contexts.in("/"))).isEqualTo(new Verdict.Allow(permit));
        assertThat(filter.limitsTransfers()).isTrue();
    }

    @Test
    void limitsNoTransfersWhereNoRuleDoes() {
        RuleFilter filter =
                new RuleFilter(new RuleSet(List.of(ONCE), RuleSet.Default.DENY), InstantSource.fixed(Instant.EPOCH));

        assertThat(filter.limitsTransfers()).isFalse();
    }
}
