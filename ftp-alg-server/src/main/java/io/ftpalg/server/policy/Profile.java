package io.ftpalg.server.policy;

import static io.ftpalg.protocol.Direction.CONTROL;
import static io.ftpalg.protocol.Direction.DOWNLOAD;
import static io.ftpalg.protocol.Direction.LISTING;
import static io.ftpalg.protocol.Direction.UPLOAD;
import static io.ftpalg.rules.Conditions.NONE;

import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.Replies;
import io.ftpalg.rules.Action;
import io.ftpalg.rules.Conditions;
import io.ftpalg.rules.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules that are ready-made. They come behind those of the listener, and decide on all that these do not. */
public enum Profile {
    /** Lists and downloads. */
    READ_ONLY(allow("read", NONE.directions(CONTROL, LISTING, DOWNLOAD)), deny("read-only", NONE)),
    /** A blind drop box: files arrive, and nothing is listed, read, replaced or changed. */
    UPLOAD_ONLY(
            new Rule("new-files", "", NONE.directions(UPLOAD), new Action.Allow(TransferPermit.ANY, false)),
            allow("session", NONE.directions(CONTROL)),
            deny("upload-only", NONE)),
    /** Anonymous logins, which list and download. */
    ANONYMOUS_ONLY(
            allow("anonymous-login", NONE.verbs("USER").argument(RuleText.pattern("re:(?i)(anonymous|ftp)([@%].*)?"))),
            new Rule("other-login", "", NONE.verbs("USER"), new Action.Deny(Optional.of(Replies.ANONYMOUS_ONLY))),
            allow("session", NONE.directions(CONTROL)),
            allow(
                    "anonymous-read",
                    NONE.users(RuleText.pattern("re:(?i)(anonymous|ftp)")).directions(LISTING, DOWNLOAD)),
            deny("anonymous-only", NONE)),
    /** Commands of RFCs, and of SITE what changes modes. */
    STRICT(
            allow("site", NONE.verbs("SITE").argument(RuleText.pattern("re:(?i)(chmod|umask|idle|help)( .*)?"))),
            allow("rfc", NONE.verbs(Rfc.VERBS)),
            new Rule("strict", "", NONE, new Action.Deny(Optional.of(Replies.NOT_ALLOWED)))),
    /** Every command, also those that no RFC has. */
    COMPAT(allow("compat", NONE));

    /** The verbs of RFC 959, 2228, 2389, 2428, 2640, 3659, 4217 and 7151. */
    private static final class Rfc {
        static final String[] VERBS = {
            "USER", "PASS", "ACCT", "CWD", "CDUP", "SMNT", "QUIT", "REIN", "PORT", "PASV", "TYPE", "STRU", "MODE",
                    "RETR",
            "STOR", "STOU", "APPE", "ALLO", "REST", "RNFR", "RNTO", "ABOR", "DELE", "RMD", "MKD", "PWD", "LIST", "NLST",
            "SYST", "STAT", "HELP", "NOOP", "AUTH", "ADAT", "PBSZ", "PROT", "CCC", "MIC", "CONF", "ENC", "FEAT", "OPTS",
            "EPRT", "EPSV", "LANG", "MDTM", "SIZE", "MLST", "MLSD", "HOST"
        };
    }

    private final List<Rule> rules;

    Profile(Rule... rules) {
        this.rules = List.of(rules);
    }

    private static Rule allow(String name, Conditions when) {
        return new Rule(name, "", when, Action.Allow.ANY);
    }

    private static Rule deny(String name, Conditions when) {
        return new Rule(name, "", when, Action.Deny.USUAL);
    }

    /** Returns the rules, each with the name of the profile as its place. */
    public List<Rule> rules() {
        return rules.stream()
                .map(rule -> new Rule(rule.name(), "profile " + word(), rule.when(), rule.action()))
                .toList();
    }

    /** Returns the name as it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the names, divided by this. */
    public static String words(String divider) {
        return Stream.of(values()).map(Profile::word).collect(Collectors.joining(divider));
    }

    /** Returns the profile of this name. */
    public static Profile of(String word) {
        return Stream.of(values())
                .filter(profile -> profile.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of " + words(", ")));
    }
}
