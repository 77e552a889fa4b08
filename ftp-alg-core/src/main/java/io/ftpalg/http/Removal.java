package io.ftpalg.http;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;

/** DELETE: DELE, or RMD of what is named as a directory. A file that is there and stays is forbidden to delete. */
final class Removal extends Task {

    Removal(Steps steps) {
        super(steps);
    }

    @Override
    void start() {
        steps().send(request().url().directory() ? FtpVerb.RMD : FtpVerb.DELE, this::onRemoved);
    }

    private void onRemoved(FtpReply reply) {
        if (reply.isPositive()) {
            steps().respond(ResponseHead.of(204), "");
        } else if (Download.isMissing(reply) && !request().url().directory()) {
            steps().send(FtpVerb.SIZE, size -> {
                boolean there = size.code() == 213;
                steps().fail(there ? ReplyStatus.FORBIDDEN : ReplyStatus.ofFile(reply), reply);
            });
        } else {
            steps().fail(ReplyStatus.ofFile(reply), reply);
        }
    }
}
