package io.ftpalg.http;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import java.util.List;

/** PUT: TYPE, SIZE to learn whether it is there, EPSV and STOR. It is done when the server has confirmed it, and not before. */
final class Upload extends Task {
    private boolean exists;
    private boolean sent;

    Upload(Steps steps) {
        super(steps);
    }

    @Override
    void start() {
        if (request().url().directory()) {
            steps().fail(400, List.of("A PUT names a file: leave out the slash at the end, and ;type=d."));
            return;
        }
        String type = request().url().type() == FtpUrl.Type.ASCII ? "A" : "I";
        steps().send(FtpCommand.of(FtpVerb.TYPE, type), reply -> {
            if (reply.isPositive()) {
                steps().send(FtpVerb.SIZE, this::onSize);
            } else {
                steps().fail(ReplyStatus.of(reply), reply);
            }
        });
    }

    private void onSize(FtpReply reply) {
        exists = reply.code() == 213;
        steps().openData(() -> steps().send(FtpVerb.STOR, this::onStore));
    }

    private void onStore(FtpReply reply) {
        if (reply.isPreliminary()) {
            steps().actions().upload();
        } else if (reply.isPositive() && sent) {
            steps().respond(ResponseHead.of(exists ? 204 : 201), "");
        } else if (reply.isPositive()) {
            steps().fail(502, List.of("The server confirmed the file before it had all of it."));
        } else {
            steps().fail(ReplyStatus.ofStore(reply), reply);
        }
    }

    @Override
    void onUploaded() {
        sent = true;
    }
}
