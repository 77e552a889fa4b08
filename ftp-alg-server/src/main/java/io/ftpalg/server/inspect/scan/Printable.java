package io.ftpalg.server.inspect.scan;

/** Text of a scanner as logs, reasons and replies have it: printable ASCII, and short. */
public final class Printable {
    /** The longest. */
    static final int LONGEST = 100;

    private Printable() {}

    /** Returns the text, with ? for what is not printable; never empty. */
    public static String of(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        String clean = cut.replaceAll("[^ -~]", "?").strip();
        return clean.isEmpty() ? "?" : clean;
    }
}
