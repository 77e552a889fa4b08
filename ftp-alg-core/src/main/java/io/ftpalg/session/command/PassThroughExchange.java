package io.ftpalg.session.command;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;
import io.ftpalg.session.server.StrayReplies;
import io.ftpalg.session.transfer.TransferRule;

/**
 * A command that goes to the server as it is, and whose replies pass line by line, however long they are. If the server
 * announces data while a data port is agreed (ERET, ESTO, THMB, MLSR, ... are many), it becomes a transfer.
 */
public class PassThroughExchange extends Exchange {

    public PassThroughExchange(SessionContext session, FtpCommand command) {
        super(session, command);
    }

    @Override
    public void start() {
        port.toServer(toServer());
        session.replies().await();
    }

    /** Returns what the server is sent. */
    protected FtpCommand toServer() {
        return command;
    }

    /** Returns whether a line is for the gateway, and the client receives nothing of it. */
    protected boolean takes(ReplyLine line) {
        return false;
    }

    @Override
    protected final void onServerLine(ReplyLine line) {
        if (takes(line)) {
            return;
        }
        if (line.starts() && StrayReplies.MARKS.contains(line.code()) && mayTransfer()) {
            session.data()
                    .plan()
                    .ifPresentOrElse(
                            plan -> {
                                TransferRule.onAnnounced(command, session, plan);
                                Exchange transfer = session.inFlight();
                                if (transfer != null) {
                                    transfer.hear(line);
                                }
                            },
                            () -> session.clientReplies().send(line));
            return;
        }
        session.clientReplies().send(line);
        if (line.ends() && line.code() / 100 != 1) {
            session.directory().onReply(command, line);
            session.restart().onReply(command, line.code());
            session.rejected().onReply(command);
            onAnswered(line.code());
        }
    }

    /** The client has the final reply, of this code. */
    public void onAnswered(int code) {
        session.clientReplies().countBadCommand(code);
        session.finish(this);
    }

    private boolean mayTransfer() {
        FtpVerb verb = command.verb();
        return !verb.is(FtpVerb.Trait.LOGIN) && verb != FtpVerb.REIN && verb != FtpVerb.QUIT;
    }
}
