package io.ftpalg.server.inspect;

import java.util.concurrent.CompletableFuture;

/** The reply to one PING of clamd. On the event loop of its connection. */
final class ClamCheck implements ClamReply.Listener {
    /** Why clamd is unreachable, empty if it is not. */
    private final CompletableFuture<String> result = new CompletableFuture<>();

    CompletableFuture<String> result() {
        return result;
    }

    @Override
    public void replied(String text) {
        result.complete(text.equals("PONG") ? "" : "clamd replied to PING with something else than PONG");
    }

    @Override
    public void failed(String reason) {
        result.complete(reason);
    }
}
