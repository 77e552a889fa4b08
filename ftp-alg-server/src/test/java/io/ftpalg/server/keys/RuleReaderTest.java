package io.ftpalg.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.rules.Action;
import io.ftpalg.rules.ReplyRules;
import io.ftpalg.rules.Rule;
import io.ftpalg.rules.RuleSet;
import io.ftpalg.server.config.ConfigException;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.policy.Profile;
import io.ftpalg.server.policy.RulePrinter;
import io.ftpalg.server.policy.RuleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules of a config file come to. */
class RuleReaderTest {
    @TempDir
    private Path temp = Path.of(".");

    @Test
    void areNoneByDefault() throws Exception {
        assertThat(load("")).isEqualTo(RuleSettings.NONE);
    }

    @Test
    void haveTheirNumberAndLineAsName() throws Exception {
        assertThat(load("rules: [{action: deny, verb: DELE}]").rules())
                .extracting(Rule::toString)
                .containsExactly("rule-1 (line 4)");
    }

    @Test
    void includeListsInTheirPlace() throws Exception {
        assertThat(load("rules: [{list: common}, {name: last, action: allow}]").rules())
                .extracting(Rule::name)
                .containsExactly("common-1", "named", "last");
    }

    @Test
    void areBeforeThoseOfTheProfile() throws Exception {
        assertThat(load("rules: [{name: first, action: deny, verb: HASH}]\n    profile: read-only")
                        .rules())
                .extracting(Rule::name)
                .containsExactly("first", "read", "read-only");
    }

    @Test
    void haveActionsWithTheirValues() throws Exception {
        assertThat(load("rules: [{action: allow, max-size: 1kB, overwrite: false}, {action: jail, root: /in/%u}]")
                        .rules())
                .extracting(Rule::action)
                .containsExactly(
                        new Action.Allow(new TransferPermit(Optional.of(1000L), Optional.empty()), false),
                        new Action.Jail("/in/%u"));
    }

    @Test
    void choosesInspectionsOfTheListener() throws Exception {
        assertThat(
                        load("rules: [{action: allow, inspect: [hash, types]}]\n    inspection: {hash: {}, types: {deny: image/*}}")
                                .rules())
                .extracting(Rule::action)
                .containsExactly(new Action.Allow(
                        new TransferPermit(Optional.empty(), Optional.of(Set.of("hash", "types"))), true));
    }

    @Test
    void haveAVisibleDefault() throws Exception {
        assertThat(load("rules-default: deny").otherwise()).isEqualTo(RuleSet.Default.DENY);
    }

    @Test
    void changeReplies() throws Exception {
        assertThat(
                        load("replies: {banner: Hi, system: UNIX, hide-features: hash, mask: 530, replace: [{code: 550, with: 450}]}")
                                .replies())
                .isEqualTo(new ReplyRules(
                        Optional.of("Hi"), Optional.of("UNIX"), Set.of("HASH"), Set.of(530), Map.of(550, 450)));
    }

    @ParameterizedTest
    @EnumSource
    void areThoseOfAProfileWhenItIsPrinted(Profile profile) throws Exception {
        String printed = String.join("\n    ", RulePrinter.lines(profile.rules()));

        assertThat(load(printed).rules())
                .extracting(Rule::name, Rule::when, Rule::action)
                .isEqualTo(profile.rules().stream()
                        .map(rule -> tuple(rule.name(), rule.when(), rule.action()))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "rules: [{verb: DELE}] | 4:13: the rule has no action: add allow, deny or jail",
                "rules: [{list: other}] | 4:20: there is no list 'other': add it to rule-lists",
                "rules: [{list: common, verb: DELE}] | 4:34: list stands for the rules of a list: give verb in these, or in a rule of its own",
                "rules: [{action: jail}] | 4:22: jail needs root, the directory at the server: add it",
                "rules: [{action: allow, root: /x}] | 4:35: root is for action jail: leave it out",
                "rules: [{action: allow, reply: 550 x}] | 4:36: reply is for action deny: leave it out",
                "rules: [{action: deny, max-size: 1}] | 4:38: max-size is for action allow: leave it out",
                "rules: [{action: deny, overwrite: true}] | 4:39: overwrite is for action allow: leave it out",
                "rules: [{action: jail, root: /x, verb: STOR}] | 4:22: a jail holds for all commands of a session: it has conditions of client, users, groups, server and TLS only",
                "rules: [{action: deny, group: a}] | 4:35: group needs users of the gateway: give login.users-file or login.ldap",
                "rules: [{action: deny, gateway-user: a}] | 4:42: gateway-user needs users of the gateway: give login.users-file or login.ldap",
                "rules: [{action: deny, name: a}, {action: deny, name: a}] | 4:59: there is a rule 'a' already: give this one another name",
                "rules: [{action: deny, inspect: hash}] | 4:37: inspect is for action allow: leave it out",
                "rules: [{action: allow, inspect: [hash, none]}] | 4:39: none excludes all others: leave it out, or them",
                "rules: [{action: allow, name: a, inspect: hash}] | 4:13: rule a (line 4) has inspect: hash, which inspection of the listener does not: add it there, or leave it out",
                "rules: [{list: members}] | 4:20: rule inner (line 6) of the list needs users of the gateway: give login.users-file or login.ldap",
                "replies: {mask: 227} | 4:21: the text of 227 has what the client asked for",
                "replies: {replace: [{code: 550, with: 450}, {code: 550, with: 451}]} | 4:56: there is one for 550 already: leave one out"
            })
    void refuse(String text, String message) {
        assertThat(failure(text).lines()).containsExactly(temp.resolve("c.yaml") + ":" + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules: [{action: deny, path: 're:('}]",
                "rules: [{action: deny, path: in/x}]",
                "rules: [{action: deny, file: a/b}]",
                "rules: [{action: deny, argument: 're:(a{100}){100}'}]",
                "rules: [{action: deny, time: 6-22}]",
                "rules: [{action: deny, verb: 'a b'}]",
                "rules: [{action: deny, reply: 250 ok}]",
                "rules: [{action: deny, client: 10.0.0.0/99}]",
                "valid-commands: RETR=(",
                "profile: none"
            })
    void refuseAValueAtItsPlace(String text) {
        assertThat(failure(text).lines()).singleElement().asString().contains("c.yaml:4:");
    }

    @Test
    void refuseAProfileWithValidCommands() {
        assertThat(failure("valid-commands: USER\n    profile: strict")).hasMessageContaining("exclude each other");
    }

    @Test
    void takeThousand() throws Exception {
        assertThat(load(many(1000)).rules()).hasSize(1000);
    }

    @Test
    void refuseThousandAndOne() {
        assertThat(failure(many(1001))).hasMessageContaining("1000 are the most");
    }

    private static String many(int count) {
        return "rules: [" + "{action: deny, verb: DELE}, ".repeat(count - 1) + "{action: deny, verb: RMD}]";
    }

    private ConfigException failure(String text) {
        return Objects.requireNonNull(
                catchThrowableOfType(ConfigException.class, () -> load(text)), "the config can be used");
    }

    private RuleSettings load(String text) throws IOException, ConfigException {
        Path file = Files.writeString(temp.resolve("c.yaml"), """
                listeners:
                  - bind: 127.0.0.1:0
                    upstream: a
                    %s
                rule-lists: [{name: common, rules: [{action: deny, verb: DELE}, {name: named, action: deny, verb: RMD}]},
                  {name: members, rules: [{name: inner, action: deny, group: a}]}]
                """.formatted(text));
        return ConfigLoader.load(file, name -> Optional.empty())
                .settings()
                .listeners()
                .get(0)
                .rules();
    }
}
