package io.ftpalg.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The line that is being read, framed byte by byte or taken whole; belongs to one {@link FtpLineDecoder}.
 *
 * <p>CRLF and a bare LF end a line, CR CR LF too. What its text must not hold is gone from it: a NUL is left out, a CR that ends
 * nothing is a {@code ?} (several in a row are one), and what is beyond the limit is cut off. {@link #flaw()} has the first flaw.
 *
 * <pre>
 *            byte            CR              LF: line ready
 *   EMPTY ---------> OPEN ------> AFTER_CR ----------------> EMPTY
 *                      \ limit passed: line ready        LF
 *                       `-------------------> SKIPPING -----> EMPTY
 * </pre>
 */
final class LineBuffer {

    /** What was wrong with a line; the worst, if several things were. */
    enum Flaw {
        NONE,
        CONTROL_BYTE,
        TOO_LONG
    }

    private enum State {
        EMPTY,
        OPEN,
        AFTER_CR,
        SKIPPING
    }

    private static final byte[] NO_BYTES = {};
    private static final int FIRST_CAPACITY = 128;

    private final int limit;
    private byte[] bytes = NO_BYTES;
    private int length;
    private int received;
    private boolean space;
    private State state = State.EMPTY;
    private Flaw flaw = Flaw.NONE;

    LineBuffer(int limit) {
        this.limit = limit;
    }

    /** Takes the next byte; returns whether a line is ready: it must be read and {@link #next()} called. */
    boolean take(int b) {
        if (state == State.SKIPPING) {
            if (b == '\n') {
                reset();
            }
            return false;
        }
        if (b == '\n') {
            state = State.EMPTY;
            return true;
        }
        if (b == '\r') {
            return takeCarriageReturn();
        }
        if (state == State.AFTER_CR) {
            flaw = Flaw.CONTROL_BYTE;
            received++;
            append('?');
        }
        state = State.OPEN;
        received++;
        if (b == 0) {
            flaw = Flaw.CONTROL_BYTE;
        } else {
            append(b);
        }
        return isLimitPassed();
    }

    private boolean takeCarriageReturn() {
        if (state == State.AFTER_CR) {
            received++;
        }
        state = State.AFTER_CR;
        return isLimitPassed();
    }

    private boolean isLimitPassed() {
        if (received <= limit) {
            return false;
        }
        flaw = Flaw.TOO_LONG;
        state = State.SKIPPING;
        return true;
    }

    private void append(int b) {
        if (length < limit) {
            ensureCapacity(length + 1);
            space |= b == ' ';
            bytes[length++] = (byte) b;
        }
    }

    /**
     * Takes a whole line without a flaw at once: the readable bytes before an LF that is {@code size} bytes away. Takes
     * nothing and returns false if there is a byte among them that {@link #take} must see, or {@code escape}.
     */
    boolean takeWhole(ByteBuf in, int size, int escape) {
        int start = in.readerIndex();
        int end = size > 0 && in.getByte(start + size - 1) == '\r' ? size - 1 : size;
        if (state != State.EMPTY || end > limit) {
            return false;
        }
        ensureCapacity(end);
        in.getBytes(start, bytes, 0, end);
        if (!isPlain(end, (byte) escape)) {
            return false;
        }
        in.skipBytes(size + 1);
        length = end;
        return true;
    }

    private boolean isPlain(int end, byte escape) {
        for (int i = 0; i < end; i++) {
            byte b = bytes[i];
            if (b <= '\r' && (b == '\r' || b == 0 || b == escape)) {
                return false;
            }
        }
        return true;
    }

    private void ensureCapacity(int wanted) {
        if (wanted > bytes.length) {
            int doubled = Math.max(FIRST_CAPACITY, 2 * bytes.length);
            bytes = Arrays.copyOf(bytes, Math.max(wanted, Math.min(limit, doubled)));
        }
    }

    /** Makes room for the next line, once the one that was ready has been read. */
    void next() {
        length = 0;
        if (state == State.SKIPPING) {
            bytes = NO_BYTES;
        } else {
            reset();
        }
    }

    /** Discards all. */
    void reset() {
        length = 0;
        received = 0;
        space = false;
        flaw = Flaw.NONE;
        state = State.EMPTY;
        // Most sessions wait most of the time: thousands of them would hold this room for nothing.
        bytes = NO_BYTES;
    }

    /** Returns how many bytes of memory it takes. */
    int capacity() {
        return bytes.length;
    }

    /** Returns whether no byte of an unfinished line is held. */
    boolean isEmpty() {
        return state == State.EMPTY;
    }

    /** Returns whether there is a space in the part of an unfinished line that is held. */
    boolean hasSpace() {
        return space;
    }

    /** Returns how many bytes of an unfinished line were received; no more are counted once the limit is passed. */
    int received() {
        return state == State.AFTER_CR ? received + 1 : received;
    }

    Flaw flaw() {
        return flaw;
    }

    int length() {
        return length;
    }

    /** Returns the byte at this place, 0 to 255. */
    int at(int index) {
        return bytes[index] & 0xFF;
    }

    /** Returns the bytes from here to there as text, one char for one byte. */
    String text(int from, int to) {
        return from == to ? "" : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Returns the bytes from here to there as text with the letters a to z as capitals. */
    String upperCase(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 'a' && bytes[i] <= 'z') {
                bytes[i] = (byte) (bytes[i] - 'a' + 'A');
            }
        }
        return text(from, to);
    }
}
