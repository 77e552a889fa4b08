package io.ftpalg.http;

import io.ftpalg.http.FileRequest.Method;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The command that is under way, and how far the response is. Owned by its {@link HttpConversation}. */
final class Steps {

    /** What the next reply belongs to. */
    @FunctionalInterface
    interface Step {
        void onReply(FtpReply reply);
    }

    private enum State {
        /** Nothing of the response was sent. */
        WORKING,
        /** The head of the response was sent. */
        RESPONDING,
        /** The response was sent, or was cut. */
        DONE
    }

    private final FileRequest request;
    private final HttpActions actions;
    private Step step = reply -> {};
    private State state = State.WORKING;

    Steps(FileRequest request, HttpActions actions) {
        this.request = request;
        this.actions = actions;
    }

    FileRequest request() {
        return request;
    }

    HttpActions actions() {
        return actions;
    }

    // ---- events

    void onReply(FtpReply reply) {
        if (state != State.DONE) {
            step.onReply(reply);
        }
    }

    void onEnough() {
        if (state == State.RESPONDING) {
            state = State.DONE;
            actions.complete();
            actions.leave();
        }
    }

    void onSessionEnded() {
        if (state != State.DONE) {
            fail(502, List.of("The FTP session has ended."));
        }
    }

    // ---- commands

    /** The next reply is for this step. */
    void await(Step next) {
        step = next;
    }

    /** Sends a command; its replies, all of them, go to this step. */
    void send(FtpCommand command, Step then) {
        step = then;
        actions.send(command);
    }

    /** Sends a path with a verb. */
    void send(FtpVerb verb, Step then) {
        send(FtpCommand.of(verb, request.url().path()), then);
    }

    /** Asks for a data port, by either syntax, and connects to it. */
    void openData(Runnable then) {
        send(FtpCommand.of(FtpVerb.EPSV), reply -> {
            if (reply.code() == 229) {
                actions.connectData();
                then.run();
            } else if (reply.code() / 100 == 5) {
                send(FtpCommand.of(FtpVerb.PASV), pasv -> onPasv(pasv, then));
            } else {
                fail(ReplyStatus.of(reply), reply);
            }
        });
    }

    private void onPasv(FtpReply reply, Runnable then) {
        if (reply.code() == 227) {
            actions.connectData();
            then.run();
        } else {
            fail(ReplyStatus.of(reply), reply);
        }
    }

    /** The head of the response is sent, and its body follows until a final reply: a positive one confirms it. */
    void download(ResponseHead head, OptionalLong most, Optional<ListingBody> list) {
        state = State.RESPONDING;
        step = reply -> {
            if (reply.isPositive()) {
                complete();
            } else if (!reply.isPreliminary()) {
                fail(ReplyStatus.of(reply), reply);
            }
        };
        actions.download(head, most, list);
    }

    private void complete() {
        state = State.DONE;
        actions.complete();
        quit();
    }

    /** Sends the whole response. */
    void respond(ResponseHead head, String body) {
        state = State.DONE;
        actions.respond(head, request.method() == Method.HEAD ? "" : body);
        quit();
    }

    /** Reports a failure, or cuts the response if it has begun. */
    void fail(int status, FtpReply reply) {
        fail(status, lines(reply));
    }

    void fail(int status, List<String> lines) {
        if (state == State.RESPONDING) {
            state = State.DONE;
            actions.cut();
            actions.leave();
        } else {
            respond(Page.head(status, request.form()), Page.text(status, lines, request.form()));
        }
    }

    private void quit() {
        step = ignored -> {};
        actions.send(FtpCommand.of(FtpVerb.QUIT));
    }

    static List<String> lines(FtpReply reply) {
        List<String> lines = new ArrayList<>();
        reply.lines().forEach(line -> lines.add(Names.decode(line)));
        lines.set(0, reply.code() + " " + lines.get(0));
        return lines;
    }
}
