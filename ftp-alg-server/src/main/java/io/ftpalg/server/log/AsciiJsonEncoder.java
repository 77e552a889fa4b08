package io.ftpalg.server.log;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;

/**
 * One JSON object a line, in printable ASCII: messages of libraries may have characters that act on a terminal. Made by Logback (see
 * logback-json.xml), used by the thread that writes the log.
 */
public final class AsciiJsonEncoder extends JsonEncoder {
    private static final int FIRST_UNPRINTABLE = 0x7F;

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
        return ascii.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
