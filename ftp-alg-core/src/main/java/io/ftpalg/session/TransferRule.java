package io.ftpalg.session;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.Replies;

/** RETR, STOR and the other commands that move data: they need a data port that was agreed before. */
final class TransferRule implements CommandRule {

    @Override
    public void apply(FtpCommand command, FtpSession session) {
        session.data().plan().ifPresentOrElse(
                plan -> session.open(new TransferExchange(session, command, plan)),
                () -> session.voice().answer(Replies.NO_DATA_PORT));
    }
}
