package io.ftpalg.server.inspect.icap;

import java.util.Locale;

/**
 * What the Encapsulated header announces (RFC 3507 section 4.4.1): how long the HTTP headers are, and what is behind them.
 *
 * @param kind whose head the last of the HTTP headers is
 * @param start where that one begins
 * @param length of all headers together
 * @param body whether a body follows
 */
record Encapsulated(Kind kind, int start, int length, boolean body) {
    private static final int MOST_PARTS = 4;

    /** What is encapsulated. */
    enum Kind {
        REQUEST,
        RESPONSE,
        NOTHING
    }

    /** Nothing at all, as of replies without the header. */
    static final Encapsulated NOTHING = new Encapsulated(Kind.NOTHING, 0, 0, false);

    static Encapsulated of(String text) throws IcapException {
        Kind kind = Kind.NOTHING;
        int start = 0;
        int offset = 0;
        String[] parts = text.split(",", MOST_PARTS + 1);
        for (int i = 0; i < parts.length; i++) {
            String[] part = parts[i].strip().toLowerCase(Locale.ROOT).split("=", 2);
            int next = part.length == 2 ? number(part[1].strip()) : -1;
            boolean last = i == parts.length - 1;
            boolean ends = part[0].endsWith("-body");
            if (next < offset
                    || i == 0 && next != 0
                    || last != ends
                    || i == MOST_PARTS
                    || next > IcapDecoder.LARGEST_HTTP) {
                throw new IcapException("sent a wrong or too large Encapsulated header");
            }
            offset = next;
            switch (part[0]) {
                case "req-hdr" -> {
                    kind = Kind.REQUEST;
                    start = offset;
                }
                case "res-hdr" -> {
                    kind = Kind.RESPONSE;
                    start = offset;
                }
                case "req-body", "res-body", "opt-body", "null-body" -> {}
                default -> throw new IcapException("sent a wrong or too large Encapsulated header");
            }
        }
        boolean body = !parts[parts.length - 1].strip().toLowerCase(Locale.ROOT).startsWith("null-body");
        return new Encapsulated(kind, start, offset, body);
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }
}
