package io.ftpalg.server.replay;

import io.ftpalg.server.log.Escape;
import io.ftpalg.server.replay.Step.Reply;
import java.io.PrintWriter;
import java.util.List;

/**
 * What is printed of the replay of one session: {@code =} for a line as recorded, {@code -} for one that is missing, {@code +} for
 * one that the trace has not. Shared by the client's and the server's thread; guarded by itself.
 */
final class Transcript {
    private final PrintWriter out;
    private final long session;
    private final Comparison comparison;
    private int replies;
    private int differences;

    Transcript(PrintWriter out, long session, Comparison comparison) {
        this.out = out;
        this.session = session;
        this.comparison = comparison;
    }

    /** Prints a remark that is no difference. */
    synchronized void note(String text) {
        out.println("session " + session + ": " + Escape.line(text));
    }

    /** Prints a remark on what is not as recorded. */
    synchronized void fault(String text) {
        differences++;
        line('!', "   * ", text);
    }

    /** A line is sent as it was recorded, but for its ports. */
    synchronized void sent(Direction direction, String text) {
        line('=', direction.arrow(), text);
    }

    /** A command has arrived in place of this one. */
    synchronized void command(Direction direction, String recorded, String now) {
        if (comparison.same(recorded, now)) {
            line('=', direction.arrow(), now);
        } else {
            missing(direction, List.of(recorded));
            extra(direction, now);
        }
    }

    /** A line has arrived that the trace has not. */
    synchronized void extra(Direction direction, String now) {
        differences++;
        line('+', direction.arrow(), now);
    }

    /** Lines of the trace that did not arrive. */
    synchronized void missing(Direction direction, List<String> recorded) {
        differences++;
        recorded.forEach(text -> line('-', direction.arrow(), text));
    }

    /** A reply has arrived in place of this one. */
    synchronized void reply(Reply recorded, Reply now) {
        List<String> before = comparison.lines(recorded.lines());
        List<String> after = comparison.lines(now.lines());
        int both = Math.min(before.size(), after.size());
        boolean same = before.size() == after.size();
        for (int i = 0; i < both; i++) {
            boolean likewise = comparison.same(before.get(i), after.get(i));
            same &= likewise;
            if (!likewise) {
                line('-', Direction.TO_CLIENT.arrow(), before.get(i));
            }
            line(likewise ? '=' : '+', Direction.TO_CLIENT.arrow(), after.get(i));
        }
        before.subList(both, before.size()).forEach(text -> line('-', Direction.TO_CLIENT.arrow(), text));
        after.subList(both, after.size()).forEach(text -> line('+', Direction.TO_CLIENT.arrow(), text));
        replies += same ? 1 : 0;
        differences += same ? 0 : 1;
    }

    /** Prints what it comes to; returns whether all was as recorded. */
    synchronized boolean summary(long recorded) {
        note(replies + " of " + recorded + " replies as recorded"
                + (differences == 0 ? "" : ", " + differences + (differences == 1 ? " difference" : " differences")));
        return differences == 0;
    }

    private void line(char mark, String arrow, String text) {
        out.println(mark + " [" + session + "] " + arrow + Escape.line(text));
    }
}
