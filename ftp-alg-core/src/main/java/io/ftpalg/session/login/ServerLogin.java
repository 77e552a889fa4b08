package io.ftpalg.session.login;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Secret;
import io.ftpalg.session.base.ReplyGatherer;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Sends a server that has greeted what the client sent before: what the client set before there was a server, then USER, and PASS
 * too where the gateway has it. The client receives the last reply only. Owned by its exchange.
 */
final class ServerLogin {

    private enum Step {
        PRELUDE,
        USER,
        PASS
    }

    private final SessionContext session;
    private final LoginPlan.Destination there;
    private final Exchange exchange;
    private final Queue<FtpCommand> prelude;
    private final ProxyAccount account;
    private final ReplyGatherer gatherer = new ReplyGatherer();
    private Step step = Step.PRELUDE;

    ServerLogin(SessionContext session, LoginPlan.Destination there, Exchange exchange) {
        this.session = session;
        this.there = there;
        this.exchange = exchange;
        this.account = new ProxyAccount(session);
        this.prelude = new ArrayDeque<>(session.prelude().commands());
    }

    /** Takes the first step. */
    void start() {
        next();
    }

    private void next() {
        FtpCommand setting = prelude.poll();
        if (setting != null) {
            send(Step.PRELUDE, setting);
        } else if (there.answer().isPresent()) {
            session.clientReplies().send(there.answer().get());
            session.finish(exchange);
        } else {
            String user = session.server().route().user().or(there::user).orElse("");
            session.events().user(user);
            session.login().begin(user);
            send(Step.USER, FtpCommand.of(FtpVerb.USER, user));
        }
    }

    private void send(Step next, FtpCommand command) {
        step = next;
        session.port().toServer(session.server().loginCommand(command));
        session.replies().await();
    }

    void onLine(ReplyLine line) {
        switch (step) {
            case PRELUDE ->
                gatherer.add(line).filter(reply -> !reply.isPreliminary()).ifPresent(reply -> next());
            case USER -> {
                if (password().isPresent()) {
                    gatherer.add(line).filter(reply -> !reply.isPreliminary()).ifPresent(this::onUserAnswered);
                } else {
                    pass(line, FtpVerb.USER);
                }
            }
            case PASS -> pass(line, FtpVerb.PASS);
        }
    }

    private void onUserAnswered(FtpReply reply) {
        if (reply.code() == 331 && isOfRoute()) {
            sendPassword();
        } else if (reply.code() == 331) {
            session.login().tryPassword(this::sendPassword, this::refuse);
        } else {
            session.clientReplies().send(reply);
            answered(FtpVerb.USER, reply.code());
        }
    }

    private void sendPassword() {
        send(
                Step.PASS,
                FtpCommand.withArgument(FtpVerb.PASS, password().orElseThrow().reveal()));
    }

    private void refuse() {
        session.clientReplies().answer(Replies.LOGIN_INCORRECT);
        session.finish(exchange);
    }

    /** A route that has a password has one for users of the gateway, who have sent theirs. */
    private Optional<Secret> password() {
        return there.password().isEmpty()
                ? Optional.empty()
                : session.server().route().password().or(there::password);
    }

    /** Returns whether the client has not said the password, so that it says nothing of the client if it is wrong. */
    private boolean isOfRoute() {
        return session.server().route().password().isPresent();
    }

    private void pass(ReplyLine line, FtpVerb verb) {
        if (account.takes(line, verb)) {
            return;
        }
        session.clientReplies().send(line);
        if (line.ends() && line.code() / 100 != 1) {
            answered(verb, line.code());
        }
    }

    private void answered(FtpVerb verb, int code) {
        if (verb == FtpVerb.PASS && isOfRoute()) {
            if (code / 100 == 2) {
                session.login().accept();
            }
            session.finish(exchange);
        } else if (!session.login().onAnswer(verb, code)) {
            session.clientReplies().countBadCommand(code);
            session.finish(exchange);
        }
    }
}
