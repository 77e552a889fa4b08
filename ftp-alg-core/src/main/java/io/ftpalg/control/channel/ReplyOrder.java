package io.ftpalg.control.channel;

import io.ftpalg.protocol.ReplyLine;

/**
 * The order of commands and replies on one control connection to a server, as its bytes have it: finds the replies that began
 * before the last command was sent and so cannot belong to it. Owned by the connection, on the session's loop.
 *
 * <p>A server that repeats a name with a line end in it sends what looks like a second reply, and the next command may be
 * written, and not sent, when that is read.
 */
public final class ReplyOrder {

    /** Where the last command is. */
    private enum Last {
        SENT,
        WRITTEN,
        SENT_IN_MID_LINE
    }

    private Last last = Last.SENT;
    private boolean early;

    /** A command was written, and waits to be sent. */
    public void written() {
        last = Last.WRITTEN;
    }

    /** What was written has been handed to the system; a line of the server may have begun before. */
    public void sent(boolean midLine) {
        if (last == Last.WRITTEN) {
            last = midLine ? Last.SENT_IN_MID_LINE : Last.SENT;
        }
    }

    /** Returns whether a command waits to be sent. */
    public boolean isWaiting() {
        return last == Last.WRITTEN;
    }

    /** Takes the next line into account, and returns whether its reply began before the last command was sent. */
    public boolean isEarly(ReplyLine line) {
        if (line.starts()) {
            early = last != Last.SENT;
        }
        lineEnded();
        return early;
    }

    /** A line ended, of a reply or not: the next one begins after the command. */
    public void lineEnded() {
        if (last == Last.SENT_IN_MID_LINE) {
            last = Last.SENT;
        }
    }
}
