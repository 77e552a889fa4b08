package io.ftpalg.server.admin.api;

import io.ftpalg.server.admin.AdminCaller;
import io.ftpalg.server.admin.AdminResponse;
import io.ftpalg.server.json.Json;
import io.ftpalg.server.log.Escape;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what operators want, and records it: a line of the log, and the last of them in memory. Any thread. */
final class Actions {
    private static final Logger logger = LoggerFactory.getLogger(Actions.class);
    static final int KEPT = 200;

    private final Ring<String> last = new Ring<>(KEPT);
    private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
    private volatile ActionListener listener = (action, by, target, result, detail) -> {};

    /** Lets this one receive each action, as JSON. */
    void watch(Consumer<String> watcher) {
        watchers.add(watcher);
    }

    /** Lets this one receive each action too. */
    void notify(ActionListener other) {
        listener = other;
    }

    /** Returns the last actions, as JSON. */
    List<String> newest(int most) {
        return last.newest(most);
    }

    /** Returns who a caller is, for the records. */
    static String name(AdminCaller caller) {
        String proof = Values.word(caller.proof());
        return caller.name().isEmpty() ? proof : proof + " " + caller.name();
    }

    /**
     * Does it, and records what came of it.
     *
     * @param work does it, and returns a detail for the records; fails with an {@link ApiException} if it cannot be done
     */
    CompletionStage<AdminResponse> run(
            String action, String target, AdminCaller caller, Supplier<CompletionStage<String>> work) {
        CompletionStage<String> done;
        try {
            done = work.get();
        } catch (RuntimeException e) {
            done = CompletableFuture.failedFuture(e);
        }
        return done.handle((detail, failure) -> {
            Throwable cause =
                    failure instanceof java.util.concurrent.CompletionException wrapped && wrapped.getCause() != null
                            ? wrapped.getCause()
                            : failure;
            String json = record(
                    action, target, caller, cause == null ? "done" : "failed", cause == null ? detail : text(cause));
            if (cause instanceof ApiException refused) {
                return refused.response();
            }
            if (cause != null) {
                logger.error("admin action failed action={}", action, cause);
                return AdminResponse.error(500, "internal error: see the log");
            }
            return AdminResponse.json(json);
        });
    }

    /** Records something that was done; returns it as JSON. */
    String record(String action, String target, AdminCaller caller, String result, String detail) {
        String by = name(caller);
        logger.info(
                "admin action finished action={} by={} target={} result={} detail={}",
                action,
                Escape.quoted(by),
                Escape.quoted(target),
                result,
                Escape.quoted(detail));
        listener.done(action, by, target, result, detail);
        String json = Json.object()
                .put("at", Values.time(Instant.now()))
                .put("action", action)
                .put("by", by)
                .put("target", target)
                .put("result", result)
                .put("detail", detail)
                .toString();
        last.add(json);
        watchers.forEach(watcher -> watcher.accept(json));
        return json;
    }

    private static String text(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }
}
