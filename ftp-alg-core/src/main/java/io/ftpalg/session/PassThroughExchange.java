package io.ftpalg.session;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.ReplyLine;

/** A command that goes to the server as it is, and whose replies come back line by line, however long they are. */
class PassThroughExchange extends Exchange {

    PassThroughExchange(FtpSession session, FtpCommand command) {
        super(session, command);
    }

    @Override
    void start() {
        port.toServer(command);
        session.replies().await();
    }

    @Override
    final void onServerLine(ReplyLine line) {
        session.voice().say(line);
        if (line.ends() && line.code() / 100 != 1) {
            onAnswered(line.code());
        }
    }

    /** The client has the final reply, of this code. */
    void onAnswered(int code) {
        session.voice().countBadCommand(code);
        session.finish(this);
    }
}
