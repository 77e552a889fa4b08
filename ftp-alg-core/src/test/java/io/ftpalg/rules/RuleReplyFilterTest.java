package io.ftpalg.rules;

import static io.ftpalg.rules.Contexts.BOB;
import static io.ftpalg.rules.Contexts.NOON;
import static io.ftpalg.rules.Contexts.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.FilterContext;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.rules.RuleSet.Default;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReplyFilterTest {
    private static final RuleSet NO_RULES = new RuleSet(List.of(), Default.ALLOW);
    private static final RuleSet JAIL =
            new RuleSet(List.of(new Rule("j", "", Conditions.NONE, new Action.Jail("/in/acme"))), Default.ALLOW);
    private static final ReplyRules REPLIES = new ReplyRules(
            Optional.of("Welcome."),
            Optional.of("UNIX Type: L8"),
            Set.of("MFMT", "site"),
            Set.of(250, 450),
            Map.of(530, 430));

    private static FtpReply filter(
            RuleSet rules, ReplyRules replies, FtpReply reply, String line, FilterContext session) {
        return new RuleReplyFilter(rules, replies, () -> NOON).filter(reply, Optional.of(command(line)), session);
    }

    private static FtpReply changed(int code, String text, String line) {
        return filter(NO_RULES, REPLIES, FtpReply.of(code, text), line, BOB);
    }

    private static FilterContext before() {
        return new FilterContext(
                1,
                BOB.client(),
                BOB.listener(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void replacesTheBannerBeforeTheLoginOnly() {
        FtpReply banner = FtpReply.of(220, "vsFTPd 3.0.3");

        assertThat(filter(NO_RULES, REPLIES, banner, "NOOP", before())).isEqualTo(FtpReply.of(220, "Welcome."));
        assertThat(filter(NO_RULES, REPLIES, banner, "NOOP", BOB)).isEqualTo(banner);
    }

    @ParameterizedTest
    @CsvSource({
        "215,Windows_NT,SYST,215 UNIX Type: L8",
        "250,Dir is /x,CWD x,250 Done.",
        "450,why,DELE f,450 Failed.",
        "530,no,PASS x,430 Not done, 226,ok,RETR f,226 ok"
    })
    void changesReplies(int code, String text, String line, String sent) {
        FtpReply reply = changed(code, text, line);

        assertThat(reply.code() + " " + reply.text()).startsWith(sent);
    }

    @Test
    void hidesFeatures() {
        FtpReply features = new FtpReply(211, List.of("Features:", " MFMT", " SITE UTIME", " SIZE", " MFMTX", "End"));

        assertThat(filter(NO_RULES, REPLIES, features, "FEAT", BOB).lines())
                .containsExactly("Features:", " SIZE", " MFMTX", "End");
        assertThat(filter(NO_RULES, REPLIES, features, "STAT", BOB)).isEqualTo(features);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "257|\"/in/acme\" is the current directory|\"/\" is the current directory",
                "257|\"/in/acme/d/e\" created|\"/d/e\" created",
                "257|\"/home/bob\" is the current directory|\"/\"",
                "257|\"/in/acme2\"|\"/\"",
                "250|CWD successful. \"/in/acme/d\" is it|CWD successful. \"/d\" is it",
                "550|/in/acme/x: No such file|/x: No such file",
                "550|/etc/passwd: No such file|Failed.",
                "213|x -> /etc/passwd|Done.",
                "226|and/or done|and/or done",
                "227|Entering Passive Mode (10,0,0,1,4,5)|Entering Passive Mode (10,0,0,1,4,5)"
            })
    void showsPathsOfAJailFromItsTopAndMasksOthers(int code, String text, String seen) {
        assertThat(filter(JAIL, ReplyRules.NONE, FtpReply.of(code, text), "PWD", BOB))
                .isEqualTo(FtpReply.of(code, seen));
    }

    @Test
    void mapsTheLinesOfAnMlstAndKeepsTheirForm() {
        FtpReply reply = new FtpReply(250, List.of("Listing", " type=file; /in/acme/250 x", "/in/acme/f", "End"));

        assertThat(filter(JAIL, ReplyRules.NONE, reply, "MLST f", BOB).lines())
                .containsExactly("Listing", " type=file; /250 x", "/f", "End");
    }

    /** The greeting of a server may have any text with a slash. */
    @Test
    void changesNothingBeforeTheLogin() {
        FtpReply reply = FtpReply.of(230, "see /etc/motd");

        assertThat(filter(JAIL, ReplyRules.NONE, reply, "PASS x", before())).isEqualTo(reply);
    }

    @Test
    void isNeededForAJailOrReplyRulesOnly() {
        assertThat(RuleReplyFilter.isNeeded(NO_RULES, ReplyRules.NONE)).isFalse();
        assertThat(RuleReplyFilter.isNeeded(JAIL, ReplyRules.NONE)).isTrue();
        assertThat(RuleReplyFilter.isNeeded(NO_RULES, REPLIES)).isTrue();
    }

    @Test
    void refusesToChangeWhatTheSessionDependsOn() {
        assertThatThrownBy(() -> new ReplyRules(Optional.empty(), Optional.empty(), Set.of(), Set.of(227), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> new ReplyRules(Optional.empty(), Optional.empty(), Set.of(), Set.of(), Map.of(250, 550)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
