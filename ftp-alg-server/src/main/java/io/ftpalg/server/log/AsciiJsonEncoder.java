package io.ftpalg.server.log;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One JSON object a line, in printable ASCII: messages of libraries may have characters that act on a terminal. A line of a session
 * has its number as a field. Made by {@link LogLines}, used by the thread that writes the log.
 */
public final class AsciiJsonEncoder extends JsonEncoder {
    private static final int FIRST_UNPRINTABLE = 0x7F;
    private static final Pattern SESSION = Pattern.compile("\\[(\\d{1,19})] ");

    /** Makes one whose objects have what docs/log.md lists. */
    public AsciiJsonEncoder() {
        setWithSequenceNumber(false);
        setWithNanoseconds(false);
        setWithContext(false);
        setWithMDC(false);
        setWithMarkers(false);
        setWithKVPList(false);
        setWithMessage(false);
        setWithArguments(false);
        setWithFormattedMessage(true);
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = new String(super.encode(event), StandardCharsets.UTF_8);
        StringBuilder ascii = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < FIRST_UNPRINTABLE) {
                ascii.append(c);
            } else {
                Escape.appendUnicode(ascii, c);
            }
        }
        Matcher session = SESSION.matcher(event.getFormattedMessage());
        if (session.lookingAt()) {
            ascii.insert(1, "\"session\":" + session.group(1) + ",");
        }
        return ascii.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
