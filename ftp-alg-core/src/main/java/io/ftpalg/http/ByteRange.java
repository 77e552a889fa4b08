package io.ftpalg.http;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one range of bytes of a Range header (RFC 9110 section 14.1.2).
 *
 * @param first the first byte; empty if it is the last bytes that are meant
 * @param last the last byte, or how many of the last bytes; empty for up to the end
 */
public record ByteRange(OptionalLong first, OptionalLong last) {
    private static final Pattern ONE =
            Pattern.compile("bytes=[ \t]*+(\\d{0,18})-(\\d{0,18})[ \t]*+", Pattern.CASE_INSENSITIVE);

    /**
     * A range of a file whose size is known.
     *
     * @param first the first byte
     * @param last the last byte, which is in the file
     */
    public record Slice(long first, long last) {
        /** Returns how many bytes it has. */
        public long length() {
            return last - first + 1;
        }
    }

    /** Returns the range; nothing if the header is malformed, or has several, since it is ignored then. */
    static Optional<ByteRange> parse(String header) {
        Matcher one = ONE.matcher(header);
        if (!one.matches()) {
            return Optional.empty();
        }
        OptionalLong first = number(one.group(1));
        OptionalLong last = number(one.group(2));
        boolean nothing = first.isEmpty() && last.isEmpty();
        boolean reversed = first.isPresent() && last.isPresent() && first.getAsLong() > last.getAsLong();
        return nothing || reversed ? Optional.empty() : Optional.of(new ByteRange(first, last));
    }

    private static OptionalLong number(String digits) {
        return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }

    /** Returns what it is of a file of this size; nothing if there is no byte of it (416). */
    public Optional<Slice> of(long size) {
        long from = first.isPresent() ? first.getAsLong() : Math.max(0, size - last.orElse(0));
        long to = first.isPresent() && last.isPresent() ? Math.min(size - 1, last.getAsLong()) : size - 1;
        return from > to ? Optional.empty() : Optional.of(new Slice(from, to));
    }
}
