package io.ftpalg.session;

import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.ReplyFilter;
import io.ftpalg.policy.Verdict;
import io.ftpalg.protocol.AlloSize;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.base.Timers;
import io.ftpalg.session.exchange.SessionContext;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the {@link CommandFilter} and the {@link ReplyFilter}, and waits for a verdict that comes later, one at a time. Owned
 * by the session.
 */
final class SessionFilters {
    private final SessionContext session;
    private final CommandFilter commands;
    private @Nullable FtpCommand command;
    private @Nullable CompletionStage<? extends Verdict> awaited;
    private Optional<Long> declaredSize = Optional.empty();
    private boolean renameRefused;

    SessionFilters(SessionContext session) {
        this.session = session;
        this.commands = session.settings().filter();
    }

    /** Has replies to the client filtered, if there is a filter for them. */
    void begin() {
        session.settings().replyFilter().ifPresent(filter -> session.clientReplies()
                .filterBy(reply -> filter(filter, reply)));
    }

    private FtpReply filter(ReplyFilter filter, FtpReply reply) {
        return filter.filter(reply, Optional.ofNullable(command), context());
    }

    /** Returns whether a verdict is awaited: no other command is decided on until it is there. */
    boolean isDeciding() {
        return awaited != null;
    }

    /** Returns the verdict on a command, unless it comes later: then {@code later} receives it. */
    Optional<Verdict> decide(FtpCommand next, Consumer<Verdict> later) {
        command = next;
        Verdict verdict = renameRefused && next.verb() == FtpVerb.RNTO
                ? new Verdict.Refuse(Replies.RNFR_FIRST)
                : commands.filter(next, context());
        follow(next);
        if (verdict instanceof Verdict.Later stage) {
            await(stage.verdict(), later);
            return Optional.empty();
        }
        return Optional.of(verdict);
    }

    /** Keeps what one command declares for a later one. */
    private void follow(FtpCommand next) {
        if (next.verb() == FtpVerb.ALLO) {
            declaredSize = AlloSize.of(next.argument());
        } else if (next.verb().is(FtpVerb.Trait.UPLOAD)) {
            declaredSize = Optional.empty();
        }
        renameRefused &= next.verb() != FtpVerb.RNFR && next.verb() != FtpVerb.RNTO;
    }

    /** A command was refused: with its RNFR, a rename is; the server may still have an earlier RNFR. */
    void refused(FtpCommand refusedCommand) {
        renameRefused |= refusedCommand.verb() == FtpVerb.RNFR;
    }

    /** Waits for a verdict, which {@code later} then receives. */
    void await(CompletionStage<? extends Verdict> stage, Consumer<Verdict> later) {
        awaited = stage;
        session.timers().stop(Timers.Kind.IDLE);
        session.timers().start(Timers.Kind.VERDICT, session.limits().replyTimeout(), () -> onTimeout(stage, later));
        session.port().await(stage, (verdict, failure) -> {
            if (awaited == stage && !session.state().isOver()) {
                onVerdict(verdict, failure, later);
            }
        });
    }

    private void onVerdict(@Nullable Verdict verdict, @Nullable Throwable failure, Consumer<Verdict> later) {
        settled();
        if (verdict instanceof Verdict.Later again) {
            await(again.verdict(), later);
        } else if (verdict != null) {
            later.accept(verdict);
        } else if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException exception) {
            throw exception;
        } else {
            throw new IllegalStateException("the filter's stage has neither a verdict nor a reason", failure);
        }
    }

    private void onTimeout(CompletionStage<? extends Verdict> stage, Consumer<Verdict> later) {
        settled();
        // Whatever it depends on is of no use any more.
        stage.toCompletableFuture().cancel(false);
        later.accept(new Verdict.Refuse(Replies.NOT_DECIDED));
    }

    private void settled() {
        awaited = null;
        session.timers().stop(Timers.Kind.VERDICT);
    }

    /** Returns the session's context now. */
    FilterContext context() {
        return session.filterContext().withDeclaredSize(declaredSize);
    }
}
