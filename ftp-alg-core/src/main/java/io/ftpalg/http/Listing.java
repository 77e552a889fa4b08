package io.ftpalg.http;

import io.ftpalg.http.FileRequest.Method;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * GET and HEAD of a directory: CWD, then for a GET EPSV and MLSD, or LIST where the server has no MLSD. Neither gets an argument,
 * which some servers take for options.
 */
final class Listing extends Task {
    private Optional<FtpReply> refusal = Optional.empty();
    private boolean facts = true;

    Listing(Steps steps) {
        super(steps);
    }

    @Override
    void start() {
        if (request().url().path().isEmpty()) {
            changed();
        } else {
            steps().send(FtpVerb.CWD, this::onChanged);
        }
    }

    /** What was to be a file is a directory perhaps; if not, this is why there is no file. */
    void startInstead(FtpReply noFile) {
        refusal = Optional.of(noFile);
        steps().send(FtpVerb.CWD, this::onChanged);
    }

    private void onChanged(FtpReply reply) {
        if (reply.isPositive()) {
            changed();
        } else {
            FtpReply why = refusal.orElse(reply);
            steps().fail(ReplyStatus.ofFile(why), why);
        }
    }

    private void changed() {
        if (request().method() == Method.HEAD) {
            steps().respond(head(), "");
        } else {
            steps().send(FtpCommand.of(FtpVerb.TYPE, "A"), ignored -> open());
        }
    }

    private void open() {
        steps().openData(() -> steps().send(FtpCommand.of(facts ? FtpVerb.MLSD : FtpVerb.LIST), this::onList));
    }

    private void onList(FtpReply reply) {
        if (reply.isPreliminary()) {
            steps().download(head(), OptionalLong.empty(), Optional.of(body()));
        } else if (facts && reply.code() / 10 == 50) {
            facts = false;
            open();
        } else {
            steps().fail(ReplyStatus.ofFile(reply), reply);
        }
    }

    private ListingBody body() {
        return new ListingBody(ListingFormat.of(request().url(), form() == TextForm.JSON), facts);
    }

    /** A list has links. */
    private TextForm form() {
        return request().form() == TextForm.JSON ? TextForm.JSON : TextForm.HTML;
    }

    private ResponseHead head() {
        return Page.head(200, form()).with("Vary", "Accept");
    }
}
