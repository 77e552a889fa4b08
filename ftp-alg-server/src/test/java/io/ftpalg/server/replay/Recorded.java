package io.ftpalg.server.replay;

import java.util.ArrayList;
import java.util.List;

/** Sessions as a trace has them, for tests: each line is an arrow of {@code ctl trace} and a text. Stateless. */
final class Recorded {
    private Recorded() {}

    /** Returns a session of lines such as {@code "C> NOOP"}, {@code "S< 200 OK"}; {@code "*"} is an event. */
    static RecordedSession session(String... lines) {
        List<RecordedLine> all = new ArrayList<>();
        for (String line : lines) {
            int end = line.indexOf(' ');
            Direction direction =
                    switch (line.substring(0, end)) {
                        case "C>" -> Direction.FROM_CLIENT;
                        case "C<" -> Direction.TO_CLIENT;
                        case "S>" -> Direction.TO_SERVER;
                        case "S<" -> Direction.FROM_SERVER;
                        default -> Direction.EVENT;
                    };
            all.add(new RecordedLine(all.size() + 1, 17, direction, line.substring(end + 1)));
        }
        return new RecordedSession(17, all);
    }
}
