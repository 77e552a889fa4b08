package io.ftpalg.server.quota;

import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.transfer.ByteAllowance;
import io.ftpalg.policy.transfer.ByteQuota;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Side;
import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The quotas of one gateway's transfers: a transfer that begins with nothing left is refused before the server receives its command, and
 * one that passes its quota is cut. Only files are counted, and no listings. Made with its gateway; thread-safe.
 */
public final class QuotaLimits {
    private static final String RULE = "quota";
    private static final ByteAllowance NO_BYTES = new ByteQuota(0);

    private final QuotaTable table;
    private final QuotaKeeper keeper;
    private final QuotaListener listener;

    /** Makes those of this table. */
    public QuotaLimits(QuotaTable table, QuotaKeeper keeper, QuotaListener listener) {
        this.table = table;
        this.keeper = keeper;
        this.listener = listener;
    }

    /** Returns the filter that refuses transfers without quota. */
    public CommandFilter filter() {
        return table.isEmpty() ? CommandFilter.allowAll() : CommandFilter.withSession(this::decide);
    }

    private Verdict decide(FtpCommand command, FilterContext session) {
        Optional<Way> way =
                switch (Direction.of(command)) {
                    case UPLOAD -> Optional.of(Way.UPLOAD);
                    case DOWNLOAD -> Optional.of(Way.DOWNLOAD);
                    default -> Optional.empty();
                };
        return way.flatMap(one -> quotas(session, one)
                        .flatMap(quota -> refusal(quota, one, command, session).stream())
                        .findFirst())
                .<Verdict>map(reply -> new Verdict.Refuse(reply, RULE))
                .orElseGet(Verdict::allow);
    }

    private Stream<QuotaTable.Quota> quotas(FilterContext session, Way way) {
        Optional<String> user = session.proxyUser().map(ProxyUser::name).or(session::user);
        return table.of(user, session.proxyUser().map(ProxyUser::groups).orElse(java.util.Set.of()), way).stream();
    }

    private Optional<FtpReply> refusal(QuotaTable.Quota quota, Way way, FtpCommand command, FilterContext session) {
        CounterName name = quota.name();
        if (keeper.refuses(name)) {
            return Optional.of(FtpReply.of(451, "Transfers cannot be counted now: try again later."));
        }
        Used used = keeper.counters().used(name);
        long declared = way == Way.UPLOAD ? session.declaredSize().orElse(1L) : 1;
        if (used.files() >= quota.files()) {
            listener.exceeded(
                    new QuotaExceeded(session.session(), command, name, true, quota.files(), used.files(), true));
            return Optional.of(usedUp(way, quota, quota.files() + " files", used));
        }
        if (quota.bytes() - used.bytes() < Math.max(1, declared)) {
            listener.exceeded(
                    new QuotaExceeded(session.session(), command, name, false, quota.bytes(), used.bytes(), true));
            return Optional.of(usedUp(way, quota, quota.bytes() + " bytes", used));
        }
        return Optional.empty();
    }

    private FtpReply usedUp(Way way, QuotaTable.Quota quota, String limit, Used used) {
        ZonedDateTime end = Instant.ofEpochMilli(used.end())
                .atZone(keeper.counters().periods().zone());
        return FtpReply.of(
                way == Way.UPLOAD ? 552 : 452,
                "Quota of this " + (quota.name().group() ? "group" : "user") + ": " + limit
                        + (quota.name().period() == Period.HOUR ? " an " : " a ")
                        + CounterName.word(quota.name().period()) + ", until "
                        + DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(end) + ".");
    }

    /** Returns the policy of both: what this one allows, as the other one limits it. */
    public TransferPolicy with(TransferPolicy other) {
        if (table.isEmpty()) {
            return other;
        }
        return new TransferPolicy() {
            @Override
            public TransferTerms terms(FtpCommand command, FilterContext session) {
                // What limits the rate grants less at a time.
                TransferTerms terms = other.terms(command, session);
                return new TransferTerms(
                        joined(terms.toClient(), allowances(command, session, Way.DOWNLOAD)),
                        joined(terms.toServer(), allowances(command, session, Way.UPLOAD)),
                        terms.inspections(),
                        terms.remnant());
            }

            @Override
            public boolean inspects(FilterContext session) {
                return other.inspects(session);
            }

            @Override
            public boolean allowsParts(Side sender, FilterContext session) {
                return other.allowsParts(sender, session);
            }

            @Override
            public boolean limits(FilterContext session) {
                return other.limits(session)
                        || Stream.of(Way.UPLOAD, Way.DOWNLOAD)
                                .flatMap(way -> quotas(session, way))
                                .findAny()
                                .isPresent();
            }
        };
    }

    private static List<ByteAllowance> joined(List<ByteAllowance> some, List<ByteAllowance> more) {
        List<ByteAllowance> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** What the command does is not known where the gateway does not know its verb: then both directions are counted. */
    private List<ByteAllowance> allowances(FtpCommand command, FilterContext session, Way way) {
        Direction direction = Direction.of(command);
        Direction other = way == Way.UPLOAD ? Direction.DOWNLOAD : Direction.UPLOAD;
        if (direction == other || direction == Direction.LISTING) {
            return List.of();
        }
        return quotas(session, way)
                .flatMap(quota -> begin(quota, command, session).stream())
                .toList();
    }

    private void usedUp(QuotaTable.Quota quota, FtpCommand command, FilterContext session, boolean files) {
        Used used = keeper.counters().used(quota.name());
        listener.exceeded(new QuotaExceeded(
                session.session(),
                command,
                quota.name(),
                files,
                files ? quota.files() : quota.bytes(),
                files ? used.files() : used.bytes(),
                false));
    }

    private Optional<ByteAllowance> begin(QuotaTable.Quota quota, FtpCommand command, FilterContext session) {
        Optional<Counter> counter = keeper.refuses(quota.name()) ? Optional.empty() : keeper.counter(quota.name());
        if (counter.isEmpty()) {
            return keeper.refuses(quota.name()) ? Optional.of(NO_BYTES) : Optional.empty();
        }
        Periods periods = keeper.counters().periods();
        boolean counted = counter.get().addFile(quota.files(), periods, periods.now());
        return Optional.of(new QuotaShare(
                keeper, counter.get(), counted ? quota.bytes() : 0, () -> usedUp(quota, command, session, !counted)));
    }
}
