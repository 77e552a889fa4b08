package io.ftpalg.server.replay;

import io.ftpalg.server.replay.Step.Command;
import io.ftpalg.server.replay.Step.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * What passed on one side of a session, as commands and whole replies. Immutable.
 *
 * @param connections the steps of each connection of this side; the client has one
 * @param skipped the commands that are left out, such as those for TLS
 */
record Script(List<List<Step>> connections, List<String> skipped) {
    private static final Set<String> TLS = Set.of("AUTH", "PBSZ", "PROT", "CCC");

    Script {
        connections = connections.stream().map(List::copyOf).toList();
        skipped = List.copyOf(skipped);
    }

    /** Returns the client's part of a session. */
    static Script ofClient(RecordedSession session) {
        List<Step> steps = new ArrayList<>();
        split(session, Direction.FROM_CLIENT, Direction.TO_CLIENT).forEach(steps::addAll);
        return withoutTls(List.of(steps), session.isUnderTls());
    }

    /** Returns the server's part of a session. */
    static Script ofServer(RecordedSession session) {
        return withoutTls(split(session, Direction.TO_SERVER, Direction.FROM_SERVER), session.isUnderTls());
    }

    List<Step> steps() {
        return connections.stream().flatMap(List::stream).toList();
    }

    long replies() {
        return steps().stream().filter(Reply.class::isInstance).count();
    }

    /** A greeting that no command waits for is that of the next connection. */
    private static List<List<Step>> split(RecordedSession session, Direction commands, Direction replies) {
        List<List<Step>> connections = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        int waiting = 0;
        List<String> reply = new ArrayList<>();
        int replyAt = 0;
        for (RecordedLine line : session.lines()) {
            if (line.direction() == commands) {
                steps.add(new Command(line.text(), 0));
                waiting++;
            } else if (line.direction() == replies) {
                replyAt = reply.isEmpty() ? steps.size() : replyAt;
                reply.add(line.text());
                Reply now = new Reply(reply);
                if (now.isWhole()) {
                    if (waiting == 0 && now.code() == 220 && !steps.isEmpty()) {
                        connections.add(steps);
                        steps = new ArrayList<>();
                        replyAt = 0;
                    }
                    steps.add(replyAt, now);
                    waiting = Math.max(0, waiting - (now.isPreliminary() ? 0 : 1));
                    reply.clear();
                }
            }
        }
        if (!reply.isEmpty()) {
            steps.add(replyAt, new Reply(reply));
        }
        connections.add(steps);
        return connections;
    }

    private static Script withoutTls(List<List<Step>> connections, boolean underTls) {
        List<List<Step>> kept = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (List<Step> steps : connections) {
            List<Step> rest = answered(steps, underTls, skipped);
            // A gateway connects to the server again after AUTH; without one the first connection stays.
            if (underTls && kept.size() == 1 && kept.get(0).stream().noneMatch(Command.class::isInstance)) {
                kept.clear();
            }
            kept.add(rest);
        }
        return new Script(kept, skipped);
    }

    /** Returns the steps without those that are left out, each command with the code of its reply. */
    private static List<Step> answered(List<Step> steps, boolean underTls, List<String> skipped) {
        int[] codes = new int[steps.size()];
        boolean[] leftOut = new boolean[steps.size()];
        Deque<Integer> waiting = new ArrayDeque<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Command command) {
                leftOut[i] = isLeftOut(command, underTls);
                waiting.add(i);
            } else if (steps.get(i) instanceof Reply reply && !waiting.isEmpty()) {
                leftOut[i] = leftOut[waiting.element()];
                codes[waiting.element()] = reply.code();
                if (!reply.isPreliminary()) {
                    waiting.remove();
                }
            }
        }
        List<Step> rest = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Command command) {
                if (leftOut[i]) {
                    skipped.add(command.text());
                } else {
                    rest.add(new Command(command.text(), codes[i]));
                }
            } else if (!leftOut[i]) {
                rest.add(steps.get(i));
            }
        }
        return rest;
    }

    /** A line that was no command is not in the trace, only what was wrong with it. */
    private static boolean isLeftOut(Command command, boolean underTls) {
        return command.text().startsWith("<") || underTls && TLS.contains(command.verb());
    }
}
