package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.Key.Kind.CHOICE;
import static io.ftpalg.server.keys.form.Key.Kind.COUNT;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.rules.Rule;
import io.ftpalg.rules.RuleSet;
import io.ftpalg.rules.TimeWindow;
import io.ftpalg.rules.path.TextPattern;
import io.ftpalg.server.inspect.InspectionKind;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.policy.Profile;
import io.ftpalg.server.policy.RuleText;
import io.ftpalg.server.policy.ValidCommands;
import java.util.Arrays;
import java.util.List;

/** The keys of rules: of a listener, of lists that listeners share, and of what replies show. */
final class RuleKeys {

    /** What a rule does. */
    enum RuleAction {
        ALLOW,
        DENY,
        JAIL
    }

    static final Key<String> NAME = Key.of(
            "name", TEXT, "NAME", "name of the rule in log, metrics and audit; its number if left out", RuleKeys::name);
    static final Key<RuleAction> ACTION = Key.choice(
            "action",
            RuleAction.values(),
            "allow the command, deny it, or keep the session in a directory that it sees as /");
    static final Key<FtpReply> REPLY = Key.of(
            "reply",
            TEXT,
            "CODE TEXT",
            "with deny: reply to the client, 4yz or 5yz; that of the command if left out",
            RuleText::refusal);
    static final Key<String> ROOT = Key.of(
            "root",
            TEXT,
            "PATH",
            "with jail: the directory at the server; %u is the user there, %p the gateway's own",
            RuleText::root);
    static final Key<Long> MAX_SIZE = bytes(
            "max-size",
            "with allow: bytes that a file may have; with more its transfer is cut, and ALLO of more gets 552");
    static final Key<InspectionKind> INSPECT = Key.choice(
                    "inspect",
                    InspectionKind.values(),
                    "with allow: what of the listener's inspection files pass, beside deny-names and max-size; all if left out")
            .repeatable();
    static final Key<Boolean> OVERWRITE =
            Key.flag("overwrite", "with allow: uploads may replace files; if not, the server is asked first (MDTM)");
    static final Key<Cidr> CLIENT = Key.of("client", TEXT, "CIDR", "networks of clients", Meanings::network)
            .repeatable();
    static final Key<String> GATEWAY_USER = Key.of(
                    "gateway-user", TEXT, "NAME", "users of the gateway itself", Meanings::user)
            .repeatable();
    static final Key<String> GROUP =
            Key.of("group", TEXT, "NAME", "groups of these", Meanings::user).repeatable();
    static final Key<TextPattern> USER = Key.of(
                    "user", TEXT, "PATTERN", "users at the server; * any characters, ? any one", RuleText::user)
            .repeatable();
    static final Key<Cidr> SERVER = Key.of("server", TEXT, "CIDR", "networks of servers", Meanings::network)
            .repeatable();
    static final Key<Direction> DIRECTION = Key.choice(
                    "direction", Direction.values(), "what commands do; control is what concerns no file")
            .repeatable();
    static final Key<String> VERB = Key.of(
                    "verb",
                    TEXT,
                    "VERB",
                    "commands, such as STOR; XCWD and its like are their standard verb",
                    RuleText::verb)
            .repeatable();
    static final Key<TextPattern> ARGUMENT =
            Key.of("argument", TEXT, "PATTERN", "argument of the command as the client wrote it", RuleText::pattern);
    static final Key<TextPattern> PATH = Key.of(
                    "path",
                    TEXT,
                    "PATTERN",
                    "absolute path at the server, however the client wrote it; ** also matches /",
                    RuleText::path)
            .repeatable();
    static final Key<TextPattern> FILE = Key.of(
                    "file", TEXT, "PATTERN", "last name of the path, in any case", RuleText::fileName)
            .repeatable();
    static final Key<Long> LARGER_THAN =
            bytes("larger-than", "uploads of which ALLO declared more bytes than this, and that ALLO");
    static final Key<Boolean> TLS = Key.flag("tls", "control connections of clients under TLS, or in the clear");
    static final Key<TimeWindow> TIME = Key.of(
            "time",
            TEXT,
            "[DAYS ]FROM-TO ZONE",
            "times of day by the clock of a zone, such as mon-fri 06:00-22:00 Europe/Berlin",
            RuleText::time);
    static final Key<String> LIST = Key.of(
            "list", TEXT, "NAME", "in place of a rule: all rules of rule-lists that have this name", text -> text);

    static final Section RULES = Section.list(
            "rules", "rules in order: the first of which all conditions hold decides, docs/policy.md", entries(LIST));
    static final Section LIST_RULES = Section.list("rules", "the rules of the list, in order", entries());
    static final Key<String> LIST_NAME =
            Key.of("name", TEXT, "NAME", "name of the list", RuleKeys::name).needed();
    static final Section RULE_LISTS =
            Section.list("rule-lists", "rules that several listeners have", LIST_NAME, LIST_RULES.needed());

    static final Key<RuleSet.Default> RULES_DEFAULT = Key.choice(
                    "rules-default",
                    RuleSet.Default.values(),
                    "what is decided where no rule matches; deny leaves logins and the working directory")
            .standard("allow");
    static final Key<Profile> PROFILE = Key.of(
            "profile",
            CHOICE,
            Profile.words("|"),
            "rules that are ready-made, behind those of the listener; printed by ftp-alg explain --profile",
            Profile::of);
    static final Key<List<Rule>> VALID_COMMANDS = Key.of(
            "valid-commands",
            TEXT,
            "VERB[=REGEX],...",
            "the only commands that clients may send, as ValidCommands of SUSE's ftp-proxy, behind the rules of the listener",
            ValidCommands::rules);

    static final Key<String> BANNER =
            Key.of("banner", TEXT, "TEXT", "text of the server's greeting (220) to clients", RuleText::replyText);
    static final Key<String> SYSTEM =
            Key.of("system", TEXT, "TEXT", "text of the reply to SYST, such as UNIX Type: L8", RuleText::replyText);
    static final Key<String> HIDE_FEATURES = Key.of(
                    "hide-features", TEXT, "NAME", "features that FEAT does not list", RuleText::replyText)
            .repeatable();
    static final Key<Integer> MASK =
            code("mask", "codes of replies whose text clients do not see", 100).repeatable();
    static final Key<Integer> CODE =
            code("code", "code of the server's reply, 4yz or 5yz", 400).needed();
    static final Key<Integer> WITH =
            code("with", "code that clients receive, with a plain text", 400).needed();
    static final Section REPLACE = Section.list("replace", "codes of refusals in place of others", CODE, WITH);
    static final Section REPLIES =
            Section.of("replies", "what clients see of replies", BANNER, SYSTEM, HIDE_FEATURES, MASK, REPLACE);

    private RuleKeys() {}

    private static Entry[] entries(Entry... more) {
        Entry[] rule = {
            NAME,
            ACTION,
            CLIENT,
            GATEWAY_USER,
            GROUP,
            USER,
            SERVER,
            DIRECTION,
            VERB,
            ARGUMENT,
            PATH,
            FILE,
            LARGER_THAN,
            TLS,
            TIME,
            REPLY,
            ROOT,
            MAX_SIZE,
            OVERWRITE,
            INSPECT
        };
        Entry[] all = Arrays.copyOf(more, more.length + rule.length);
        System.arraycopy(rule, 0, all, more.length, rule.length);
        return all;
    }

    private static Key<Long> bytes(String name, String description) {
        return Key.of(name, TEXT, "BYTES", description, text -> Meanings.bytes(text, 0, 1L << 60));
    }

    private static Key<Integer> code(String name, String description, int least) {
        return Key.of(name, COUNT, least + " to 599", description, text -> Meanings.number(text, least, 599));
    }

    private static String name(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,59}")) {
            throw new IllegalArgumentException("expected at most 60 letters, digits, dots, underscores and hyphens");
        }
        return text;
    }
}
