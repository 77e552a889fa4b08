package io.ftpalg.protocol;

import java.util.Locale;
import java.util.Set;

/** What a command does with the files of a server: few enough to be a metric's label. */
public enum Direction {
    /** Sends a file to the server: STOR, STOU, APPE. */
    UPLOAD,
    /** Gets a file from the server: RETR. */
    DOWNLOAD,
    /** Gets names, facts or checksums of files: LIST, NLST, MLSD, MLST, STAT with a path, SIZE, MDTM, HASH and others. */
    LISTING,
    /** Makes a directory, or changes facts of a file: MKD, MFMT, MFCT, MFF, COMB, MDTM with a time, SITE CHMOD, UTIME and others. */
    CHANGE,
    /** Removes files or directories: DELE, RMD, RMDA, SITE RMDIR. */
    DELETE,
    /** Gives files other names: RNFR, RNTO. */
    RENAME,
    /** What may do anything: other commands of SITE, SMNT, and verbs that the gateway does not know. */
    ADMIN,
    /** What concerns the session and no file: logins, TLS, types, data ports, the working directory. */
    CONTROL;

    private static final int TIME_DIGITS = 14;
    private static final Set<String> SITE_CHANGES =
            Set.of("CHMOD", "CHGRP", "CHOWN", "UTIME", "MKDIR", "LINK", "SYMLINK");

    /** Returns the direction of a command; X-forms have that of their standard verb. */
    public static Direction of(FtpCommand command) {
        return switch (command.verb().standard()) {
            case STOR, STOU, APPE -> UPLOAD;
            case RETR -> DOWNLOAD;
            case LIST, NLST, MLSD, MLST, SIZE, XCRC, XMD5, XSHA1, XSHA256, HASH, AVBL, DSIZ -> LISTING;
            case STAT -> command.argument().isBlank() ? CONTROL : LISTING;
            case MDTM -> setsTime(command.argument()) ? CHANGE : LISTING;
            case MKD, MFMT, MFCT, MFF, COMB -> CHANGE;
            case DELE, RMD, RMDA -> DELETE;
            case RNFR, RNTO -> RENAME;
            case SITE -> ofSite(command.argument());
            case SMNT, OTHER -> ADMIN;
            default -> CONTROL;
        };
    }

    /** Returns the directions that commands of this verb can have. */
    public static Set<Direction> of(FtpVerb verb) {
        return switch (verb.standard()) {
            case SITE -> Set.of(CHANGE, DELETE, ADMIN);
            case STAT -> Set.of(CONTROL, LISTING);
            case MDTM -> Set.of(CHANGE, LISTING);
            case OTHER -> Set.of(ADMIN);
            default -> Set.of(of(FtpCommand.of(verb)));
        };
    }

    private static Direction ofSite(String argument) {
        String word = siteWord(argument);
        return word.equals("RMDIR") ? DELETE : SITE_CHANGES.contains(word) ? CHANGE : ADMIN;
    }

    /**
     * Returns the first word of the argument of a SITE, in upper case, as a server may read it: without the quotes, and behind the
     * white space, that some take away.
     */
    public static String siteWord(String argument) {
        return argument.replaceAll("[\"'\\\\]", "").strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
    }

    /** Some servers have {@code MDTM YYYYMMDDhhmmss path} for MFMT. */
    private static boolean setsTime(String argument) {
        String text = argument.strip();
        for (int i = 0; i < TIME_DIGITS; i++) {
            if (i >= text.length() || text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.indexOf(' ') >= TIME_DIGITS;
    }
}
