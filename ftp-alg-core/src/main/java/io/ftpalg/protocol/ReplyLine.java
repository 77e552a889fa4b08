package io.ftpalg.protocol;

/**
 * One line of a reply, so that a long reply can pass without being gathered first (RFC 959 section 4.2).
 *
 * @param code the reply's code, also on lines that do not carry it; RFC 959 ends at 5yz, some servers do not
 * @param position where in its reply the line stands
 * @param text the line without its end; without the code and the sign behind it too, except for a {@link Position#MIDDLE}
 *     line, which is kept as it was sent
 */
public record ReplyLine(int code, Position position, String text) {

    /** Where in its reply a line stands. */
    public enum Position {
        /** The whole reply is this line: {@code 200 text}. */
        ONLY,
        /** The first of several: {@code 211-text}. */
        FIRST,
        /** One between the first and the last, of any form that does not end the reply. */
        MIDDLE,
        /** The last of several: {@code 211 text}. */
        LAST
    }

    public ReplyLine {
        if (code < 100 || code > 999) {
            throw new IllegalArgumentException("a reply code is 100 to 999, not " + code);
        }
        if (!FtpCommand.isArgument(text)) {
            throw new IllegalArgumentException("a reply line holds neither CR, LF, NUL nor a char above 0xFF");
        }
        if (position == Position.MIDDLE && endsReply(code, text)) {
            throw new IllegalArgumentException("this line would end the reply: " + text);
        }
    }

    /** Returns whether a line behind the first one ends a reply of this code: the code and a space, or the code alone. */
    public static boolean endsReply(int code, String line) {
        return line.length() >= 3
                && line.charAt(0) == '0' + code / 100
                && line.charAt(1) == '0' + code / 10 % 10
                && line.charAt(2) == '0' + code % 10
                && (line.length() == 3 || line.charAt(3) == ' ');
    }

    /** Returns whether a reply starts with this line. */
    public boolean starts() {
        return position == Position.ONLY || position == Position.FIRST;
    }

    /** Returns whether the reply ends with this line. */
    public boolean ends() {
        return position == Position.ONLY || position == Position.LAST;
    }

    /** Returns the line as it is sent, without its end. */
    public String wire() {
        return switch (position) {
            case ONLY, LAST -> code + " " + text;
            case FIRST -> code + "-" + text;
            case MIDDLE -> text;
        };
    }
}
