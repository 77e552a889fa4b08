package io.ftpalg.http;

import io.ftpalg.http.ListEntry.Kind;
import io.ftpalg.protocol.Digits;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a list of a directory, read strictly: what is not surely an entry is shown as the text it is. Lists are those of MLSD
 * (RFC 3659 section 7.2), and for LIST those of {@code ls -l} and of DOS.
 */
sealed interface ListLine {

    /** An entry. */
    record Entry(ListEntry entry) implements ListLine {}

    /** Neither an entry nor superfluous. */
    record Text(String line) implements ListLine {}

    /** The directory itself, the one above it, a total. */
    record Superfluous() implements ListLine {}

    /** Mode, links, owner, group if there is one, size, date; then one space and the name, which may begin with others. */
    Pattern UNIX = Pattern.compile("([-dlbcpsD])[-rwxsStTlL]{9}[+.@]? ++\\d++ ++\\S++ ++(?:\\S++ ++)?(\\d{1,18}+) ++"
            + "([A-Z][a-z]{2} ++\\d{1,2} ++(?:\\d{1,2}:\\d{2}|\\d{4})) (.++)");

    Pattern DOS = Pattern.compile(
            "(\\d{2}-\\d{2}-(?:\\d{4}|\\d{2}) ++\\d{2}:\\d{2}(?:[AP]M)?) ++(?:<DIR>|(\\d{1,18}+)) ++(.++)");
    Pattern TOTAL = Pattern.compile("total \\d{1,18}");
    Pattern FACTS = Pattern.compile("(?:[^=; ]++=[^; ]*+;)++");

    /** Reads a line of MLSD. */
    static ListLine ofMlsd(String line) {
        int space = line.indexOf(' ');
        if (space < 0 || !FACTS.matcher(line.substring(0, space)).matches()) {
            return new Text(line);
        }
        String name = line.substring(space + 1);
        String type = "";
        OptionalLong size = OptionalLong.empty();
        Optional<String> date = Optional.empty();
        for (String fact : line.substring(0, space).split(";")) {
            int equals = fact.indexOf('=');
            String value = fact.substring(equals + 1);
            switch (fact.substring(0, equals).toLowerCase(Locale.ROOT)) {
                case "type" -> type = value.toLowerCase(Locale.ROOT);
                case "size" -> size = number(value);
                case "modify" -> date = HttpDates.parseFtp(value).map(Object::toString);
                default -> {}
            }
        }
        if (type.equals("cdir") || type.equals("pdir")) {
            return new Superfluous();
        }
        Kind kind = type.equals("file")
                ? Kind.FILE
                : type.equals("dir") ? Kind.DIRECTORY : type.startsWith("os.unix=s") ? Kind.LINK : Kind.OTHER;
        return entry(line, new ListEntry(name, kind, kind == Kind.DIRECTORY ? OptionalLong.empty() : size, date));
    }

    /** Reads a line of LIST. */
    static ListLine ofList(String line) {
        Matcher unix = UNIX.matcher(line);
        if (unix.matches()) {
            return ofUnix(line, unix);
        }
        Matcher dos = DOS.matcher(line);
        if (dos.matches()) {
            String size = dos.group(2);
            return entry(
                    line,
                    new ListEntry(
                            dos.group(3),
                            size == null ? Kind.DIRECTORY : Kind.FILE,
                            size == null ? OptionalLong.empty() : number(size),
                            Optional.of(dos.group(1))));
        }
        return TOTAL.matcher(line).matches() ? new Superfluous() : new Text(line);
    }

    private static ListLine ofUnix(String line, Matcher unix) {
        String name = unix.group(4);
        Kind kind =
                switch (unix.group(1)) {
                    case "-" -> Kind.FILE;
                    case "d" -> Kind.DIRECTORY;
                    case "l" -> Kind.LINK;
                    default -> Kind.OTHER;
                };
        int arrow = name.indexOf(" -> ");
        return entry(
                line,
                new ListEntry(
                        kind == Kind.LINK && arrow > 0 ? name.substring(0, arrow) : name,
                        kind,
                        kind == Kind.FILE ? number(unix.group(2)) : OptionalLong.empty(),
                        Optional.of(unix.group(3))));
    }

    private static ListLine entry(String line, ListEntry entry) {
        if (entry.name().equals(".") || entry.name().equals("..")) {
            return new Superfluous();
        }
        return ListEntry.isName(entry.name()) ? new Entry(entry) : new Text(line);
    }

    private static OptionalLong number(String digits) {
        boolean valid = digits.length() <= 18 && Digits.only(digits);
        return valid ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }
}
