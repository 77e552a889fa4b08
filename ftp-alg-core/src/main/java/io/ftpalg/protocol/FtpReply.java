package io.ftpalg.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * One reply, whole: a code and its lines (RFC 959 section 4.2).
 *
 * @param code 100 to 999
 * @param lines at least one; the first and the last without code, those between as they are sent. A line between that
 *     would end the reply early is refused
 */
public record FtpReply(int code, List<String> lines) {

    public FtpReply {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a reply has at least one line");
        }
        split(code, lines);
    }

    /** Returns a reply of one line. */
    public static FtpReply of(int code, String text) {
        return new FtpReply(code, List.of(text));
    }

    /** Returns the reply line by line. */
    public List<ReplyLine> split() {
        return split(code, lines);
    }

    private static List<ReplyLine> split(int code, List<String> lines) {
        if (lines.size() == 1) {
            return List.of(new ReplyLine(code, ReplyLine.Position.ONLY, lines.get(0)));
        }
        List<ReplyLine> split = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            ReplyLine.Position position = i == 0
                    ? ReplyLine.Position.FIRST
                    : i == lines.size() - 1 ? ReplyLine.Position.LAST : ReplyLine.Position.MIDDLE;
            split.add(new ReplyLine(code, position, lines.get(i)));
        }
        return split;
    }

    /** Returns the text of the last line: the one that a client shows. */
    public String text() {
        return lines.get(lines.size() - 1);
    }

    /** 1yz: more is to come for this command. */
    public boolean isPreliminary() {
        return code / 100 == 1;
    }

    /** 2yz: done. */
    public boolean isPositive() {
        return code / 100 == 2;
    }

    /** 3yz: the command waits for another one. */
    public boolean isIntermediate() {
        return code / 100 == 3;
    }

    /** 4yz or 5yz: not done. */
    public boolean isNegative() {
        return code / 100 == 4 || code / 100 == 5;
    }
}
