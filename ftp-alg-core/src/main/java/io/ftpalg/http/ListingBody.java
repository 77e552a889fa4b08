package io.ftpalg.http;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Makes the body of a response of a list of a directory, piece by piece as it comes. Holds one unfinished line, of no more than
 * {@link #LONGEST_LINE} bytes: the rest of a longer one is discarded. Owned by one response.
 */
public final class ListingBody {
    static final int LONGEST_LINE = 8 << 10;

    private final Function<String, ListLine> reader;
    private final ListingFormat format;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder out = new StringBuilder();
    private boolean begun;

    /**
     * Makes it.
     *
     * @param facts whether the list is that of MLSD, and not that of LIST
     */
    ListingBody(ListingFormat format, boolean facts) {
        this.format = format;
        this.reader = facts ? ListLine::ofMlsd : ListLine::ofList;
    }

    /** Returns what these bytes of the list add to the body. */
    public byte[] append(byte[] bytes) {
        begin();
        for (byte each : bytes) {
            char c = (char) (each & 0xFF);
            if (c == '\n') {
                endLine();
            } else if (line.length() < LONGEST_LINE) {
                line.append(c);
            }
        }
        return take();
    }

    /** Returns the end of the body. */
    public byte[] end() {
        begin();
        if (line.length() > 0) {
            endLine();
        }
        format.end(out);
        return take();
    }

    private void begin() {
        if (!begun) {
            begun = true;
            format.begin(out);
        }
    }

    private void endLine() {
        int length = line.length();
        String text = line.substring(0, length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length);
        line.setLength(0);
        ListLine read = reader.apply(text);
        if (read instanceof ListLine.Entry known) {
            format.entry(out, known.entry());
        } else if (read instanceof ListLine.Text unknown && !text.isEmpty()) {
            format.text(out, unknown.line());
        }
    }

    private byte[] take() {
        byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
        out.setLength(0);
        return bytes;
    }
}
