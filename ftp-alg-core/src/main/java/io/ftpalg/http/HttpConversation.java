package io.ftpalg.http;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Secret;
import java.util.Optional;

/**
 * The client side of one FTP session, which carries out one request: replies in, commands and a response out. One command is under
 * way at a time.
 *
 * <pre>
 *  GREETING -220-> USER -331-> PASS -230-> the task's own commands -> DONE
 *                    \------230-------^
 *  a negative reply: the response that {@link ReplyStatus} has for it, then DONE
 * </pre>
 *
 * <p>Owned by the connection of the HTTP client, on its event loop.
 */
public final class HttpConversation {

    private static final String ANONYMOUS = "anonymous";

    private final FileRequest request;
    private final Secret anonymousPassword;
    private final Steps steps;
    private final Task task;

    /**
     * Makes it; the server's greeting is the first reply.
     *
     * @param anonymousPassword what an anonymous login sends as its password, by custom a mail address
     */
    public HttpConversation(FileRequest request, Secret anonymousPassword, HttpActions actions) {
        this.request = request;
        this.anonymousPassword = anonymousPassword;
        this.steps = new Steps(request, actions);
        this.task = switch (request.method()) {
            case GET, HEAD -> new Download(steps);
            case PUT -> new Upload(steps);
            case DELETE -> new Removal(steps);
        };
        steps.await(this::onGreeting);
    }

    /** The session has sent a reply. */
    public void onReply(FtpReply reply) {
        steps.onReply(reply);
    }

    /** As many bytes were sent as are wanted. */
    public void onEnough() {
        steps.onEnough();
    }

    /** The body of the request was sent. */
    public void onUploaded() {
        task.onUploaded();
    }

    /** The session has ended. */
    public void onSessionEnded() {
        steps.onSessionEnded();
    }

    // ---- the login

    private void onGreeting(FtpReply reply) {
        if (reply.isPreliminary()) {
            return;
        }
        if (!reply.isPositive()) {
            steps.fail(ReplyStatus.of(reply), reply);
            return;
        }
        String user = request.credentials().map(Credentials::user).orElse(ANONYMOUS);
        steps.send(FtpCommand.of(FtpVerb.USER, user), this::onUser);
    }

    private void onUser(FtpReply reply) {
        if (reply.isPositive()) {
            task.start();
            return;
        }
        Optional<Secret> password =
                request.credentials().map(Credentials::password).orElseGet(() -> Optional.of(anonymousPassword));
        if (reply.code() == 331 && password.isPresent()) {
            steps.send(FtpCommand.withArgument(FtpVerb.PASS, password.get().reveal()), this::onPassword);
        } else {
            refuseLogin(reply);
        }
    }

    private void onPassword(FtpReply reply) {
        if (reply.isPositive()) {
            task.start();
        } else {
            refuseLogin(reply);
        }
    }

    private void refuseLogin(FtpReply reply) {
        int status = ReplyStatus.ofLogin(reply);
        ResponseHead head = Page.head(status, request.form());
        steps.respond(
                status == ReplyStatus.UNAUTHORIZED
                        ? head.with(
                                "WWW-Authenticate",
                                "Basic realm=\"FTP server " + request.url().server() + "\"")
                        : head,
                Page.text(status, Steps.lines(reply), request.form()));
    }
}
