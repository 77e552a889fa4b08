package io.ftpalg.protocol;

/** Decimal digits, those of ASCII only: {@link Integer#parseInt} reads a sign and the digits of other scripts too. */
public final class Digits {

    private Digits() {}

    /** Returns whether the text has digits only, one at least. */
    public static boolean only(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
