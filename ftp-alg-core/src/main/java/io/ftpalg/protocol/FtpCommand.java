package io.ftpalg.protocol;

import java.util.Locale;

/**
 * One FTP command: a verb and its argument, byte for byte (RFC 959 section 5.3).
 *
 * <p>The argument is ISO-8859-1 text, one char for one byte, without the single space that separates it from the verb;
 * spaces beyond that one belong to it (RFC 2640 section 3.1). It cannot hold CR, LF or NUL: a command that exists can be
 * sent without ending early.
 *
 * @param verb the verb, {@link FtpVerb#OTHER} for all others
 * @param name the verb's name in upper case: letters and digits only
 * @param argument what follows the verb, empty if nothing does
 * @param separated whether a space follows the verb: an empty argument, such as an empty password, is not no argument; always so
 *     where the argument is not empty
 */
public record FtpCommand(FtpVerb verb, String name, String argument, boolean separated) implements FtpRequest {

    public FtpCommand {
        if (!isName(name)) {
            throw new IllegalArgumentException("a verb is letters and digits only");
        }
        name = name.toUpperCase(Locale.ROOT);
        if (verb != FtpVerb.of(name)) {
            throw new IllegalArgumentException("the verb of " + name + " is " + FtpVerb.of(name));
        }
        if (!isArgument(argument)) {
            throw new IllegalArgumentException("an argument holds neither CR, LF, NUL nor a char above 0xFF");
        }
        separated |= !argument.isEmpty();
    }

    /** Makes the command; an empty argument is none. */
    public FtpCommand(FtpVerb verb, String name, String argument) {
        this(verb, name, argument, false);
    }

    /** Returns the command of this verb without an argument. */
    public static FtpCommand of(FtpVerb verb) {
        return of(verb, "");
    }

    /**
     * Returns the command of this verb.
     *
     * @throws IllegalArgumentException if the argument holds CR, LF, NUL or a char above 0xFF, or the verb is
     *     {@link FtpVerb#OTHER}
     */
    public static FtpCommand of(FtpVerb verb, String argument) {
        return new FtpCommand(verb, verb.name(), argument);
    }

    /**
     * Returns the command of this name, in any case.
     *
     * @throws IllegalArgumentException if the name is not letters and digits, or the argument holds CR, LF, NUL or a
     *     char above 0xFF
     */
    public static FtpCommand of(String name, String argument) {
        return new FtpCommand(FtpVerb.of(name), name, argument);
    }

    /**
     * Returns the command of this name, in any case, with an argument that is empty and there: a space follows the verb.
     *
     * @throws IllegalArgumentException if the name is not letters and digits
     */
    public static FtpCommand withEmptyArgument(String name) {
        return new FtpCommand(FtpVerb.of(name), name, "", true);
    }

    /**
     * Returns the command that gives this password or name, a space behind its verb even if it is empty.
     *
     * @throws IllegalArgumentException if the argument holds CR, LF, NUL or a char above 0xFF, or the verb is
     *     {@link FtpVerb#OTHER}
     */
    public static FtpCommand withArgument(FtpVerb verb, String argument) {
        return new FtpCommand(verb, verb.name(), argument, true);
    }

    /** Returns whether the text can be a verb's name: ASCII letters and digits, at least one. */
    public static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isNameChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Returns whether the text can be an argument: it holds neither CR, LF, NUL nor a char above 0xFF. */
    public static boolean isArgument(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0 || c > 0xFF) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the argument holds a byte 0x01 to 0x1F or 0x7F, which no name of a user or a host has. */
    public boolean hasControlBytes() {
        return argument.chars().anyMatch(c -> c < ' ' || c == 0x7F);
    }

    private static boolean isNameChar(int c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    @Override
    public int size() {
        return name.length() + argument.length() + 3;
    }

    /** Returns the command for a log, with {@code ****} in place of a secret; control bytes are not escaped here. */
    @Override
    public String toString() {
        if (!separated) {
            return name;
        }
        return name + ' ' + (isSecret() ? "****" : argument);
    }

    private boolean isSecret() {
        return verb.is(FtpVerb.Trait.SECRET)
                || verb == FtpVerb.OTHER && (name.startsWith("PASS") || name.startsWith("ACCT"))
                || verb == FtpVerb.SITE && argument.toUpperCase(Locale.ROOT).startsWith("PSWD");
    }
}
