package io.ftpalg.session.transfer;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.session.base.Timers;
import io.ftpalg.session.exchange.SessionContext;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that a cut upload left at the server, and its deletion: one DELE of the gateway's own, whose reply the client does not
 * receive. Owned by its {@link TransferExchange}.
 *
 * <p>Only what the upload has made, or has replaced, is deleted: the server must have announced the transfer, and the path must be the
 * one that it was sent. The name of STOU is in the server's reply ({@code FILE: name}, RFC 1123 section 4.1.2.9).
 */
final class UploadRemnant {
    private static final Pattern NAME = Pattern.compile("FILE: *(\\S.*)|.*\\(unique file name:(.+)\\).*");
    /** No replies to DELE (RFC 959 section 5.4), but late ones to the upload. */
    private static final Set<Integer> OF_TRANSFERS = Set.of(225, 226, 425, 426, 452, 551, 552);

    private enum Step {
        DUE,
        OUTSTANDING,
        OVER
    }

    private final SessionContext session;
    private final FtpCommand upload;
    private final boolean restarted;
    private Optional<String> path = Optional.empty();
    private boolean announced;
    private Step step = Step.DUE;

    UploadRemnant(SessionContext session, FtpCommand upload) {
        this.session = session;
        this.upload = upload;
        this.restarted = session.restart().isSet();
        if (upload.verb() == FtpVerb.STOR) {
            path = Optional.of(upload.argument());
        }
    }

    /** The server replied to the upload: a mark, or its final reply. */
    void onReply(FtpReply reply) {
        announced |= !reply.isNegative();
        if (upload.verb() == FtpVerb.STOU) {
            path = named(reply).or(() -> path);
        }
    }

    private static Optional<String> named(FtpReply reply) {
        return reply.lines().stream()
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .map(found -> Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2)))
                .map(String::stripTrailing)
                .filter(FtpCommand::isArgument)
                .findFirst();
    }

    /**
     * The server has replied to the upload, and is asked to delete the file, once.
     *
     * @param late runs if it has not replied in a short time; its reply is still to be awaited then
     * @return whether its reply comes, for {@link #take}
     */
    boolean delete(Runnable late) {
        if (step != Step.DUE) {
            return false;
        }
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            keep(obstacle.get());
            return false;
        }
        step = Step.OUTSTANDING;
        session.port().toServer(FtpCommand.of(FtpVerb.DELE, path.orElseThrow()));
        session.replies().await();
        session.timers().start(Timers.Kind.EXCHANGE, session.limits().abortGrace(), late);
        return true;
    }

    private Optional<String> obstacle() {
        if (upload.verb() == FtpVerb.APPE || restarted) {
            return Optional.of("the upload added to a file");
        }
        if (!announced) {
            return Optional.of("the server did not begin the transfer");
        }
        return path.filter(name -> !name.isBlank()).isPresent() ? Optional.empty() : Optional.of("its name is unknown");
    }

    /** Returns whether the server's reply to DELE is still to come. */
    boolean isOutstanding() {
        return step == Step.OUTSTANDING;
    }

    /** Takes a reply of the server that came after DELE; returns whether it was the one to it. */
    boolean take(FtpReply reply) {
        if (reply.isPreliminary() || OF_TRANSFERS.contains(reply.code())) {
            return false;
        }
        String detail = reply.isPositive() ? "" : "the server refused";
        end(reply.isPositive(), Optional.of(reply.code()), detail);
        return true;
    }

    /** It stays, unless it was decided about before. */
    void keep(String why) {
        if (step != Step.OVER) {
            end(false, Optional.empty(), why);
        }
    }

    private void end(boolean deleted, Optional<Integer> code, String detail) {
        step = Step.OVER;
        session.timers().stop(Timers.Kind.EXCHANGE);
        session.events().remnantHandled(upload.verb(), path.orElse(upload.argument()), deleted, code, detail);
    }
}
