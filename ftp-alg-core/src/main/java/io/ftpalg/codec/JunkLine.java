package io.ftpalg.codec;

/**
 * User event: {@link FtpReplyDecoder} skipped a line that belongs to no reply. It holds no byte of that line.
 *
 * @param inARow how many such lines came in a row, this one included
 */
public record JunkLine(int inARow) {

    public JunkLine {
        if (inARow < 1) {
            throw new IllegalArgumentException("a junk line is at least the first, not number " + inARow);
        }
    }
}
