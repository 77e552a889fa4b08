package io.ftpalg.server.files;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes replies of the operator's text files, such as a welcome. Reading blocks: never on an event loop. Stateless.
 *
 * <p>A file's bytes are sent as they are, in whatever charset it is written, but for control characters, which are left out.
 */
public final class TextFiles {
    private static final int MOST_LINES = 100;
    private static final int LONGEST_LINE = 500;
    private static final Pattern PLACE = Pattern.compile("%([hvdt%])");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F]");

    private TextFiles() {}

    /**
     * Reads a reply of this code, of as many lines as the file has, {@value #MOST_LINES} at most; an empty one makes an empty
     * line. In the text stand {@code %h} for the name of this machine, {@code %v} for the version of the gateway, {@code %d}
     * and {@code %t} for date and time of the reading, and {@code %%} for a percent sign.
     *
     * @throws IOException if the file cannot be read
     */
    public static FtpReply read(Path file, int code) throws IOException {
        return read(file, code, ZonedDateTime.now(ZoneId.systemDefault()));
    }

    static FtpReply read(Path file, int code, ZonedDateTime now) throws IOException {
        List<String> lines =
                lines(file, MOST_LINES).stream().map(line -> filled(line, now)).collect(Collectors.toList());
        if (lines.isEmpty()) {
            lines.add("");
        }
        return reply(code, lines);
    }

    /** Returns the first lines of a file, each cut where it is too long; of an endless file no more than that is read. */
    public static List<String> lines(Path file, int most) throws IOException {
        byte[] bytes;
        try (InputStream in = RegularFiles.open(file)) {
            bytes = in.readNBytes(most * LONGEST_LINE * 2);
        }
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .lines()
                .limit(most)
                .map(line -> CONTROL.matcher(line.replace('\t', ' ')).replaceAll(""))
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line)
                .toList();
    }

    /** Returns a reply of these lines; one that would end it early is moved by a blank. */
    public static FtpReply reply(int code, List<String> lines) {
        List<String> fit = new ArrayList<>(lines);
        for (int i = 1; i < fit.size() - 1; i++) {
            if (ReplyLine.endsReply(code, fit.get(i))) {
                fit.set(i, ' ' + fit.get(i));
            }
        }
        return new FtpReply(code, fit);
    }

    private static String filled(String line, ZonedDateTime now) {
        return PLACE.matcher(line)
                .replaceAll(place -> Matcher.quoteReplacement(
                        switch (place.group(1)) {
                            case "h" -> hostName();
                            case "v" -> BuildVersion.version();
                            case "d" -> now.format(DateTimeFormatter.ISO_LOCAL_DATE);
                            case "t" -> now.format(DateTimeFormatter.ofPattern("HH:mm:ss"));
                            default -> "%";
                        }));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
