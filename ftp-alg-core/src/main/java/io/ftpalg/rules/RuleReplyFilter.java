package io.ftpalg.rules;

import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.ReplyFilter;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Changes replies by {@link ReplyRules}, and as the jail of the session has it. Immutable, used by all event loops. */
public final class RuleReplyFilter implements ReplyFilter {
    private static final int GREETING = 220;
    private static final int SYSTEM = 215;
    private static final int FEATURES = 211;

    private final RuleSet rules;
    private final ReplyRules replies;
    private final InstantSource clock;

    /** Makes the filter of these rules, by this clock. */
    public RuleReplyFilter(RuleSet rules, ReplyRules replies, InstantSource clock) {
        this.rules = rules;
        this.replies = replies;
        this.clock = clock;
    }

    /** Returns whether these rules change a reply: without any, replies need not be gathered. */
    public static boolean isNeeded(RuleSet rules, ReplyRules replies) {
        return !replies.equals(ReplyRules.NONE)
                || rules.rules().stream().anyMatch(rule -> rule.action() instanceof Action.Jail);
    }

    @Override
    public FtpReply filter(FtpReply reply, Optional<FtpCommand> command, FilterContext session) {
        FtpReply changed = changed(reply, command.map(FtpCommand::verb), session);
        if (!session.loggedIn()) {
            return changed;
        }
        return rules.jail(session, clock.instant())
                .map(jail -> JailReplies.seen(changed, jail))
                .orElse(changed);
    }

    private FtpReply changed(FtpReply reply, Optional<FtpVerb> verb, FilterContext session) {
        int code = reply.code();
        if (code == GREETING && !session.loggedIn() && replies.banner().isPresent()) {
            return FtpReply.of(code, replies.banner().get());
        }
        if (code == SYSTEM && replies.system().isPresent()) {
            return FtpReply.of(code, replies.system().get());
        }
        if (code == FEATURES && verb.filter(FtpVerb.FEAT::equals).isPresent()) {
            return withoutHidden(reply);
        }
        Integer other = replies.replaced().get(code);
        if (other != null) {
            return FtpReply.of(other, other < 500 ? "Not done, try again later." : "Not done.");
        }
        return replies.masked().contains(code) ? FtpReply.of(code, code < 400 ? "Done." : "Failed.") : reply;
    }

    private FtpReply withoutHidden(FtpReply reply) {
        if (replies.hiddenFeatures().isEmpty()) {
            return reply;
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < reply.lines().size(); i++) {
            boolean middle = i > 0 && i < reply.lines().size() - 1;
            if (!middle || !isHidden(reply.lines().get(i))) {
                lines.add(reply.lines().get(i));
            }
        }
        return new FtpReply(reply.code(), lines);
    }

    private boolean isHidden(String line) {
        String feature = line.strip().toUpperCase(Locale.ROOT);
        return replies.hiddenFeatures().stream()
                .anyMatch(hidden -> feature.equals(hidden) || feature.startsWith(hidden + ' '));
    }
}
