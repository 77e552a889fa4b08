package io.ftpalg.control.shared;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Does something with many sessions, each on its own event loop, some in each turn of it so that no transfer waits. Used once.
 *
 * @param <T> what comes of each
 */
final class LoopWalk<T> {
    /** Few enough to be done between two reads of a transfer. */
    private static final int IN_ONE_TURN = 200;

    private final EventLoop loop;
    private final List<ClientSession> sessions = new ArrayList<>();
    private final Function<ClientSession, T> step;
    private final List<T> results = new ArrayList<>();
    private final CompletableFuture<List<T>> done = new CompletableFuture<>();
    private int next;

    private LoopWalk(EventLoop loop, Function<ClientSession, T> step) {
        this.loop = loop;
        this.step = step;
    }

    /** Returns what came of all, in no order; a loop that has ended has no sessions any more. Fails with what a step threw. */
    static <T> CompletableFuture<List<T>> over(List<ClientSession> sessions, Function<ClientSession, T> step) {
        Map<EventLoop, LoopWalk<T>> walks = new HashMap<>();
        sessions.forEach(session -> walks.computeIfAbsent(session.loop(), loop -> new LoopWalk<>(loop, step))
                .sessions
                .add(session));
        CompletableFuture<List<T>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (LoopWalk<T> walk : walks.values()) {
            walk.proceed();
            all = all.thenCombine(walk.done, LoopWalk::joined);
        }
        return all;
    }

    private static <T> List<T> joined(List<T> some, List<T> others) {
        some.addAll(others);
        return some;
    }

    private void proceed() {
        try {
            loop.execute(this::turn);
        } catch (RejectedExecutionException e) {
            done.complete(results);
        }
    }

    private void turn() {
        try {
            int end = Math.min(sessions.size(), next + IN_ONE_TURN);
            while (next < end) {
                results.add(step.apply(sessions.get(next++)));
            }
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
            return;
        }
        if (next < sessions.size()) {
            proceed();
        } else {
            done.complete(results);
        }
    }
}
