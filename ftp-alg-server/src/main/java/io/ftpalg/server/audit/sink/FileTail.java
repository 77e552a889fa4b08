package io.ftpalg.server.audit.sink;

import io.ftpalg.server.audit.record.HashChain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The end of an audit file that has lines already.
 *
 * @param hash the hash of the last whole line, if there is one
 * @param torn what is behind it and no whole line, one char for one byte: the writer was killed; empty if there is nothing
 * @param ended whether that has a line end
 */
record FileTail(Optional<String> hash, String torn, boolean ended) {
    /** A line is never longer. */
    static final int LONGEST = 1 << 18;

    /** Reads the end of a file. */
    static FileTail of(FileChannel file) throws IOException {
        long size = file.size();
        ByteBuffer end = ByteBuffer.allocate((int) Math.min(size, 2L * LONGEST));
        long from = size - end.capacity();
        while (end.hasRemaining() && file.read(end, from + end.position()) > 0) {
            // The next part.
        }
        String text = new String(end.array(), 0, end.position(), StandardCharsets.ISO_8859_1);
        int whole = endOfLastWhole(text);
        String torn = text.substring(whole);
        boolean ended = torn.endsWith("\n");
        return new FileTail(
                hashOfLast(text, whole), ended ? torn.substring(0, torn.length() - 1) : torn, torn.isEmpty() || ended);
    }

    /** Returns where the last line with a hash ends; behind it there may be several without, each of a writer that was killed. */
    private static int endOfLastWhole(String text) {
        int end = text.lastIndexOf('\n') + 1;
        while (end > 0) {
            int begin = text.lastIndexOf('\n', end - 2) + 1;
            if (HashChain.split(text.substring(begin, end - 1)).isPresent()) {
                return end;
            }
            end = begin;
        }
        return 0;
    }

    private static Optional<String> hashOfLast(String text, int end) {
        if (end == 0) {
            return Optional.empty();
        }
        int begin = text.lastIndexOf('\n', end - 2) + 1;
        return HashChain.split(text.substring(begin, end - 1)).map(HashChain.Hashed::hash);
    }

    boolean isTorn() {
        return !torn.isEmpty();
    }
}
