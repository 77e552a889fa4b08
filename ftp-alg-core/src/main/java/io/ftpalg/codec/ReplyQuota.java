package io.ftpalg.codec;

/** Counts the lines of one reply, so that an endless one stays bounded; belongs to one handler. */
final class ReplyQuota {
    private final int maxLines;
    private final int maxBytes;
    private int lines;
    private int bytes;

    ReplyQuota(int maxLines, int maxBytes) {
        this.maxLines = FtpLineDecoder.requireAtLeast(1, maxLines, "maxLines");
        this.maxBytes = FtpLineDecoder.requireAtLeast(1, maxBytes, "maxBytes");
    }

    /** Starts a reply with its first line, which always passes. */
    void start(int length) {
        lines = 1;
        bytes = length;
    }

    /** Returns whether a line between the first and the last may pass; once one may not, none of this reply may. */
    boolean admits(int length) {
        // the last line always passes, so its place is kept
        if (lines >= maxLines - 1 || length > maxBytes - bytes) {
            lines = maxLines;
            return false;
        }
        lines++;
        bytes += length;
        return true;
    }
}
