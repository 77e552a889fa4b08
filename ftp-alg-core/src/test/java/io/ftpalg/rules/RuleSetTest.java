package io.ftpalg.rules;

import static io.ftpalg.rules.Contexts.BOB;
import static io.ftpalg.rules.Contexts.NOON;
import static io.ftpalg.rules.Contexts.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.rules.RuleSet.Default;
import io.ftpalg.rules.path.TextPattern;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSetTest {

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private static TextPattern glob(String text) {
        return TextPattern.glob(text);
    }

    private static Rule deny(Conditions when) {
        return new Rule("deny", "", when, Action.Deny.USUAL);
    }

    private static Rule allow(Conditions when) {
        return new Rule("allow", "", when, Action.Allow.ANY);
    }

    private static Rule jail(String root) {
        return new Rule("jail", "", Conditions.NONE, new Action.Jail(root));
    }

    private static Decision decide(String line, FilterContext session, Default otherwise, Rule... rules) {
        return new RuleSet(List.of(rules), otherwise).decide(command(line), session, NOON);
    }

    private static boolean isDenied(String line, FilterContext session, Rule... rules) {
        return decide(line, session, Default.ALLOW, rules) instanceof Decision.Denied;
    }

    private static int code(String line, Rule... rules) {
        return ((Decision.Denied) decide(line, BOB, Default.ALLOW, rules))
                .reply()
                .code();
    }

    private static String sent(String line, FilterContext session, Rule... rules) {
        Decision decision = decide(line, session, Default.ALLOW, rules);
        return decision instanceof Decision.Allowed allowed
                ? allowed.command().toString()
                : decision.getClass().getSimpleName();
    }

    @Test
    void takesTheFirstRuleThatMatches() {
        Rule allow = allow(Conditions.NONE.paths(glob("/in/**")));
        Rule deny = deny(Conditions.NONE.directions(Direction.UPLOAD));

        assertThat(isDenied("STOR /in/f", BOB, allow, deny)).isFalse();
        assertThat(isDenied("STOR /out/f", BOB, allow, deny)).isTrue();
        assertThat(isDenied("STOR /in/f", BOB, deny, allow)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.7/32,true", "10.0.0.0/8,true", "0.0.0.0/0,true", "10.0.0.8/32,false", "::/0,false"})
    void matchesTheClient(String network, boolean matches) {
        assertThat(isDenied("RETR /f", BOB, deny(Conditions.NONE.clients(network(network)))))
                .isEqualTo(matches);
    }

    @Test
    void matchesAClientOfIpv6() {
        FilterContext session =
                Contexts.of("2001:db8::7", Optional.of("bob"), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(isDenied("RETR /f", session, deny(Conditions.NONE.clients(network("2001:db8::/32")))))
                .isTrue();
        assertThat(isDenied("RETR /f", session, deny(Conditions.NONE.clients(network("2001:db8::/125")))))
                .isTrue();
        assertThat(isDenied("RETR /f", session, deny(Conditions.NONE.clients(network("2001:db8::8/125")))))
                .isFalse();
    }

    @Test
    void matchesServerUsersAndGroups() {
        assertThat(isDenied("RETR /f", BOB, deny(Conditions.NONE.servers(network("192.0.2.0/24")))))
                .isTrue();
        assertThat(isDenied("RETR /f", BOB, deny(Conditions.NONE.servers(network("192.0.3.0/24")))))
                .isFalse();
        assertThat(isDenied("RETR /f", BOB, deny(Conditions.NONE.users(glob("b*")))))
                .isTrue();
        assertThat(isDenied("RETR /f", BOB, deny(Conditions.NONE.users(glob("a*")))))
                .isFalse();
        assertThat(isDenied("RETR /f", BOB, deny(Conditions.NONE.proxyUsers("p-bob"))))
                .isTrue();
        assertThat(isDenied("RETR /f", BOB, deny(Conditions.NONE.proxyUsers("bob"))))
                .isFalse();
        assertThat(isDenied("RETR /f", BOB, deny(Conditions.NONE.groups("x", "partners"))))
                .isTrue();
        assertThat(isDenied("RETR /f", BOB, deny(Conditions.NONE.groups("x")))).isFalse();
    }

    @Test
    void matchesTls() {
        TlsDetails tls = new TlsDetails("TLSv1.3", "x", Optional.empty(), Optional.empty(), Optional.empty());
        FilterContext secured =
                Contexts.of("10.0.0.7", Optional.of("bob"), Optional.of(tls), Optional.empty(), Optional.empty());

        assertThat(isDenied("RETR /f", BOB, deny(Conditions.NONE.tls(false)))).isTrue();
        assertThat(isDenied("RETR /f", secured, deny(Conditions.NONE.tls(false))))
                .isFalse();
        assertThat(isDenied("RETR /f", secured, deny(Conditions.NONE.tls(true))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "MKD d,MKD,true",
        "XMKD d,mkd,true",
        "MKD d,XMKD,true",
        "RMD d,MKD,false",
        "XFOO d,xfoo,true",
        "XBAR d,XFOO,false"
    })
    void matchesVerbsWithTheirXForms(String line, String verb, boolean matches) {
        assertThat(isDenied(line, BOB, deny(Conditions.NONE.verbs(verb)))).isEqualTo(matches);
    }

    @Test
    void matchesDirectionAndArgument() {
        assertThat(isDenied("APPE f", BOB, deny(Conditions.NONE.directions(Direction.UPLOAD))))
                .isTrue();
        assertThat(isDenied("RETR f", BOB, deny(Conditions.NONE.directions(Direction.UPLOAD))))
                .isFalse();
        assertThat(isDenied("TYPE E", BOB, deny(Conditions.NONE.verbs("TYPE").argument(glob("E*")))))
                .isTrue();
        assertThat(isDenied("TYPE I", BOB, deny(Conditions.NONE.verbs("TYPE").argument(glob("E*")))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETR /secret/f",
                "RETR ../../secret/f",
                "RETR //secret//f",
                "CWD /secret",
                "CWD /secret/",
                "SIZE /secret/f",
                "MLST /secret",
                "LIST -la /secret",
                "LIST -R /",
                "NLST /s*",
                "NLST /secret/*",
                "STAT /secret",
                "STAT -l /secret/f",
                "RNFR /secret",
                "RNFR /",
                "RNTO /secret/f",
                "SITE CHMOD 777 /secret/f",
                "SITE UTIME 202601010000 /secret/f",
                "MFMT 20260101000000 /secret/f",
                "MDTM /secret/f",
                "DELE /secret/f",
                "XRMD /secret/d",
                "APPE /secret/f",
                "RMDA /",
                "PRET RETR /secret/f",
                "XCRC \"/secret/f\"",
                // What servers read in different ways is refused where a rule looks at paths.
                "RETR ..\\..\\secret\\f",
                "RETR C:/secret/f",
                "RETR ~root/f",
                "RETR \u00c0\u00ae\u00c0\u00ae/secret/f",
                "RETR \u00ff",
                "STOR",
                "SITE CPFR /secret/f",
                "XXXX /secret/f",
                "LIST /in /secret",
                "NLST .*/f",
                "RETR  /secret/f"
            })
    void deniesByThePathThatACommandNames(String line) {
        assertThat(isDenied(line, BOB, deny(Conditions.NONE.paths(glob("/secret/**")))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETR /in/f",
                "RETR f",
                "LIST",
                "LIST /",
                "NLST *.csv",
                "RETR %2e%2e/secret/f",
                "RETR ..;/..;/secret",
                "NOOP",
                "PASV",
                "STAT",
                "RNFR /in/f",
                "SITE HELP",
                "PWD",
                "SYST",
                "XXXX"
            })
    void allowsOtherPathsAndCommandsThatNameNone(String line) {
        assertThat(isDenied(line, BOB, deny(Conditions.NONE.paths(glob("/secret/**")))))
                .isFalse();
    }

    @Test
    void allowsAListWithWildcardsOnlyWhereAllThatItMayShowIsAllowed() {
        Rule allow = allow(Conditions.NONE.paths(glob("/in/**")));

        assertThat(decide("NLST /in/*", BOB, Default.DENY, allow)).isInstanceOf(Decision.Allowed.class);
        assertThat(decide("LIST -R /in", BOB, Default.DENY, allow)).isInstanceOf(Decision.Allowed.class);
        assertThat(decide("NLST /*", BOB, Default.DENY, allow)).isInstanceOf(Decision.Denied.class);
        assertThat(decide("NLST /in/*", BOB, Default.DENY, allow(Conditions.NONE.paths(glob("/in/*.csv")))))
                .isInstanceOf(Decision.Denied.class);
    }

    @ParameterizedTest
    @CsvSource({
        "x.exe,true",
        "X.EXE,true",
        "d/x.exe,true",
        "x.exe.,true",
        "x.exe::$DATA,true",
        "x.csv,false",
        "exe,false"
    })
    void matchesTheNameOfAFileAsAnyServerReadsIt(String file, boolean matches) {
        Rule rule = deny(Conditions.NONE.directions(Direction.UPLOAD).names(TextPattern.globIgnoringCase("*.exe")));

        assertThat(isDenied("STOR " + file, BOB, rule)).isEqualTo(matches);
        assertThat(isDenied("STOR " + file, Contexts.in(Optional.empty()), rule))
                .isEqualTo(matches);
    }

    @Test
    void matchesTheDeclaredSizeOfAnAlloAndOfTheUploadBehindIt() {
        Rule rule = deny(Conditions.NONE.largerThan(100));
        FilterContext declared =
                Contexts.of("10.0.0.7", Optional.of("bob"), Optional.empty(), Optional.of("/"), Optional.of(101L));

        assertThat(isDenied("ALLO 100", BOB, rule)).isFalse();
        assertThat(code("ALLO 101 R 5", rule)).isEqualTo(552);
        assertThat(isDenied("ALLO 99999999999999999999", BOB, rule)).isTrue();
        assertThat(isDenied("ALLO x", BOB, rule)).isFalse();
        assertThat(isDenied("STOR f", declared, rule)).isTrue();
        assertThat(isDenied("RETR f", declared, rule)).isFalse();
        assertThat(isDenied("STOR f", BOB, rule)).isFalse();
    }

    @Test
    void carriesTheLargestSizeAndRefusesADeclaredOneAboveIt() {
        Rule rule = new Rule(
                "small",
                "",
                Conditions.NONE,
                new Action.Allow(new TransferPermit(Optional.of(100L), Optional.empty()), true));

        assertThat(decide("STOR f", BOB, Default.DENY, rule))
                .isInstanceOfSatisfying(Decision.Allowed.class, allowed -> assertThat(
                                allowed.allow().permit().maxBytes())
                        .contains(100L));
        assertThat(code("ALLO 101", rule)).isEqualTo(552);
    }

    @Test
    void matchesTheTime() {
        Rule rule = deny(Conditions.NONE.time(
                new TimeWindow(ZoneOffset.UTC, Set.of(), LocalTime.of(6, 0), LocalTime.of(12, 0))));
        RuleSet rules = new RuleSet(List.of(rule), Default.ALLOW);

        assertThat(rules.decide(command("NOOP"), BOB, NOON)).isInstanceOf(Decision.Allowed.class);
        assertThat(rules.decide(command("NOOP"), BOB, Instant.parse("2026-11-30T11:59:59Z")))
                .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void deniesByDefaultWhatTouchesFilesAndNotLoginsAndDataPorts() {
        assertThat(decide("RETR f", BOB, Default.DENY)).isInstanceOf(Decision.Denied.class);
        assertThat(decide("XXXX f", BOB, Default.DENY)).isInstanceOf(Decision.Denied.class);
        assertThat(decide("USER bob", BOB, Default.DENY)).isInstanceOf(Decision.Allowed.class);
        assertThat(decide("CWD /x", BOB, Default.DENY)).isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void repliesByTheVerbOrAsTheRuleHasIt() {
        assertThat(code("RETR /f", deny(Conditions.NONE.paths(glob("/**"))))).isEqualTo(550);
        assertThat(code("SITE HELP", deny(Conditions.NONE.verbs("SITE")))).isEqualTo(502);
        assertThat(code("DELE /f", deny(Conditions.NONE.verbs("DELE")))).isEqualTo(502);
        assertThat(code("DELE /f", deny(Conditions.NONE.directions(Direction.DELETE))))
                .isEqualTo(550);
        assertThat(code("STOR f.exe", deny(Conditions.NONE.names(glob("*.exe")))))
                .isEqualTo(553);
        assertThat(code("RETR f.exe", deny(Conditions.NONE.names(glob("*.exe")))))
                .isEqualTo(550);
        Rule own = new Rule("own", "", Conditions.NONE, new Action.Deny(Optional.of(FtpReply.of(451, "Later."))));
        assertThat(code("RETR /f", own)).isEqualTo(451);
    }

    @Test
    void needsTheDirectoryWhereAPathRuleWouldMatchElse() {
        Rule rule = deny(Conditions.NONE.directions(Direction.DOWNLOAD).paths(glob("/secret/**")));
        FilterContext unknown = Contexts.in(Optional.empty());

        assertThat(decide("RETR f", unknown, Default.ALLOW, rule)).isInstanceOf(Decision.NeedsDirectory.class);
        assertThat(decide("STOR f", unknown, Default.ALLOW, rule)).isInstanceOf(Decision.Allowed.class);
        assertThat(decide("RETR /f", unknown, Default.ALLOW, rule)).isInstanceOf(Decision.Allowed.class);
    }

    /** A link before the .. would lead elsewhere: what was decided on is sent. */
    @Test
    void sendsTheResolvedPathWhereTheClientClimbs() {
        Rule rule = deny(Conditions.NONE.paths(glob("/secret/**")));

        assertThat(sent("RETR link/../f", BOB, rule)).isEqualTo("RETR /home/bob/f");
        assertThat(sent("RETR d/f", BOB, rule)).isEqualTo("RETR d/f");
        assertThat(sent("CDUP", BOB, rule)).isEqualTo("CWD /home");
        assertThat(sent("RETR link/../f", BOB)).isEqualTo("RETR link/../f");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RETR f|RETR /in/acme/d/f",
                "RETR /f|RETR /in/acme/f",
                "RETR ../../../f|RETR /in/acme/f",
                "CWD /|CWD /in/acme",
                "CDUP|CWD /in/acme",
                "XCUP|CWD /in/acme",
                "LIST|LIST",
                "LIST -la|LIST -la",
                "LIST -la /|LIST -la /in/acme",
                "NLST *.csv|NLST *.csv",
                "NLST /*.csv|NLST /in/acme/*.csv",
                "RNFR a|RNFR /in/acme/d/a",
                "SITE CHMOD 600 f|SITE CHMOD 600 /in/acme/d/f",
                "XMKD x|XMKD /in/acme/d/x",
                "NOOP|NOOP",
                "PWD|PWD",
                "STAT|STAT",
                "STOU|STOU",
                "MLSD|MLSD",
                "PRET STOR f|PRET STOR /in/acme/d/f",
                "SITE EXEC x|Denied",
                "XXXX f|Denied",
                "RETR ~f|Denied",
                "STOR|Denied",
                "RETR ..\\f|Denied"
            })
    void keepsASessionInItsJail(String line, String sent) {
        assertThat(sent(line, Contexts.in("/in/acme/d"), jail("/in/acme"))).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LIST|LIST /in/acme",
                "LIST -la|LIST -la /in/acme",
                "NLST *.c|NLST /in/acme/*.c",
                "MLST|MLST /in/acme",
                "RETR f|RETR /in/acme/f",
                "STOU|Denied",
                "CDUP|CWD /in/acme"
            })
    void startsAtTheTopOfTheJailWhereTheServerIsElsewhere(String line, String sent) {
        assertThat(sent(line, Contexts.in("/in/acme2"), jail("/in/acme"))).isEqualTo(sent);
    }

    @Test
    void namesAJailByTheUser() {
        assertThat(sent("RETR /f", BOB, jail("/in/%u"))).isEqualTo("RETR /in/bob/f");
        assertThat(sent("RETR /f", BOB, jail("/in/%p/x"))).isEqualTo("RETR /in/p-bob/x/f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "", "a\\b", ".ssh", "a b", "%u", "%p"})
    void deniesAllPathsToAUserWhoseNameIsNoDirectory(String user) {
        FilterContext session =
                Contexts.of("10.0.0.7", Optional.of(user), Optional.empty(), Optional.of("/"), Optional.empty());

        assertThat(sent("RETR /f", session, jail("/in/%u"))).isEqualTo("Denied");
        assertThat(sent("NOOP", session, jail("/in/%u"))).isEqualTo("NOOP");
    }

    @Test
    void decidesOnThePathAtTheServerInAJail() {
        Rule rule = deny(Conditions.NONE.paths(glob("/in/acme/secret/**")));

        assertThat(sent("RETR /secret/f", BOB, jail("/in/acme"), rule)).isEqualTo("Denied");
        assertThat(sent("RETR /in/acme/secret/f", BOB, jail("/in/acme"), rule))
                .isEqualTo("RETR /in/acme/in/acme/secret/f");
    }

    @Test
    void refusesAJailForSingleCommands() {
        assertThatThrownBy(() -> new Rule("j", "", Conditions.NONE.verbs("RETR"), new Action.Jail("/in")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Action.Jail("in")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever a client sends from wherever it is, the path that reaches the server is in the jail. */
    @Test
    void neverLetsAPathOutOfTheJail() {
        Random random = new Random(20261130);
        List<String> verbs = List.of(
                "RETR ",
                "STOR ",
                "CWD ",
                "LIST ",
                "LIST -la ",
                "NLST ",
                "SITE CHMOD 7 ",
                "RNFR ",
                "MFMT 20260101000000 ");
        List<String> parts = new ArrayList<>(List.of(
                "..",
                "..",
                ".",
                "/",
                "/",
                "in",
                "acme",
                "f",
                "*",
                "~",
                " ",
                "-R ",
                "\\",
                "C:",
                "%2e",
                "\u00c0\u00ae",
                "{..}",
                "\""));
        RuleSet rules = new RuleSet(List.of(jail("/in/acme")), Default.ALLOW);
        int allowed = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder(verbs.get(random.nextInt(verbs.size())));
            for (int n = random.nextInt(8); n >= 0; n--) {
                line.append(parts.get(random.nextInt(parts.size())));
            }
            FilterContext session = Contexts.in(random.nextBoolean() ? "/in/acme/d" : "/etc");
            if (rules.decide(command(line.toString()), session, NOON) instanceof Decision.Allowed sent) {
                String argument = sent.command().argument();
                int slash = argument.indexOf('/');
                boolean relative = slash < 0 || slash > 0 && argument.charAt(slash - 1) != ' ';
                // Behind the options of a listing begins a path; elsewhere a blank is part of a name.
                String path =
                        line.toString().matches("(LIST|NLST).*") ? argument.replaceFirst("^(-\\S* +)+", "") : argument;
                assertThat(path.split("/")).as(line.toString()).doesNotContain("..");
                if (!relative) {
                    assertThat(argument.substring(slash) + "/")
                            .as(line.toString())
                            .startsWith("/in/acme/");
                }
                allowed++;
            }
        }
        assertThat(allowed).isGreaterThan(1000);
    }

    @Test
    void explainsEachRuleUpToTheOneThatDecides() {
        Rule first = new Rule("first", "f:1", Conditions.NONE.verbs("DELE"), Action.Deny.USUAL);
        Rule second = new Rule("second", "f:2", Conditions.NONE.paths(glob("/home/**")), Action.Deny.USUAL);
        Rule third = new Rule("third", "f:3", Conditions.NONE, Action.Deny.USUAL);

        Explanation explained =
                new RuleSet(List.of(first, second, third), Default.ALLOW).explain(command("RETR f"), BOB, NOON);

        assertThat(explained.steps())
                .containsExactly(
                        new Explanation.Step(first, List.of("verb: DELE"), Optional.of("verb: DELE")),
                        new Explanation.Step(second, List.of("path: /home/**"), Optional.empty()));
        assertThat(explained.decision().rule()).contains(second);
    }
}
