package io.ftpalg.protocol;

import java.util.Optional;

/** The number of bytes in the argument of ALLO (RFC 959 section 4.1.3). Stateless. */
public final class AlloSize {
    /** All numbers of so many digits are a long. */
    private static final int DIGITS_OF_LONG = 18;

    private AlloSize() {}

    /** Returns the number that the argument begins with, if it does; one that is too long for a number is larger than all. */
    public static Optional<Long> of(String argument) {
        String digits = argument.strip().split("\\D", 2)[0];
        if (digits.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(digits.length() > DIGITS_OF_LONG ? Long.MAX_VALUE : Long.parseLong(digits));
    }
}
