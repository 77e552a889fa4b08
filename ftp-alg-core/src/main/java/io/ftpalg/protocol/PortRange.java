package io.ftpalg.protocol;

import java.util.Optional;

/**
 * A range of ports, both ends in it.
 *
 * @param first 1 to 65535
 * @param last first to 65535
 */
public record PortRange(int first, int last) {

    public PortRange {
        if (first < 1 || last > 65535 || first > last) {
            throw new IllegalArgumentException("not a range of ports: " + first + "-" + last);
        }
    }

    /** Returns the range that the text names, {@code 50000-50999} or a single port, or nothing. */
    public static Optional<PortRange> parse(String text) {
        if (!text.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
            return Optional.empty();
        }
        int dash = text.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
        int last = dash < 0 ? first : Integer.parseInt(text.substring(dash + 1));
        return first < 1 || last > 65535 || first > last ? Optional.empty() : Optional.of(new PortRange(first, last));
    }

    /** Returns how many ports it has. */
    public int size() {
        return last - first + 1;
    }

    /** Returns whether the port is one of it. */
    public boolean contains(int port) {
        return port >= first && port <= last;
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
