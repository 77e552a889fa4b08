package io.ftpalg.server.replay;

/**
 * One line of a trace. Immutable.
 *
 * @param place its line in the file, from 1
 * @param session the session's id
 * @param direction from whom to whom
 * @param text the line, one char for one byte
 */
record RecordedLine(int place, long session, Direction direction, String text) {
    boolean isReply() {
        return direction == Direction.TO_CLIENT || direction == Direction.FROM_SERVER;
    }
}
