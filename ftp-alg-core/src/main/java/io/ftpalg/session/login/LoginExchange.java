package io.ftpalg.session.login;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.command.PassThroughExchange;
import io.ftpalg.session.exchange.SessionContext;

/** USER, PASS or ACCT at the server: its reply shows whether the login is accepted. */
final class LoginExchange extends PassThroughExchange {
    private final ProxyAccount account;
    private boolean sent;

    LoginExchange(SessionContext session, FtpCommand command) {
        super(session, command);
        this.account = new ProxyAccount(session);
    }

    @Override
    protected FtpCommand toServer() {
        return session.server().loginCommand(command);
    }

    @Override
    protected boolean takes(ReplyLine line) {
        return account.takes(line, command.verb());
    }

    @Override
    public void start() {
        if (command.verb() == FtpVerb.USER) {
            session.login().begin(command.argument());
            send();
        } else {
            session.login().tryPassword(this::send, this::refuse);
        }
    }

    private void send() {
        sent = true;
        super.start();
    }

    private void refuse() {
        session.clientReplies().answer(Replies.LOGIN_INCORRECT);
        session.finish(this);
    }

    /** A password may wait before it is sent. */
    @Override
    public boolean expectsReply() {
        return sent;
    }

    @Override
    public void onAnswered(int code) {
        if (!session.login().onAnswer(command.verb(), code)) {
            super.onAnswered(code);
        }
    }
}
