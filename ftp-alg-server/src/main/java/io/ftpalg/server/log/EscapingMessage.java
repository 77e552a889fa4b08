package io.ftpalg.server.log;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * The log's last line of defence: the message of every event, of any library too, becomes one line of printable ASCII.
 * Made by Logback (see logback.xml), used by the thread that logs.
 */
public final class EscapingMessage extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        String message = super.convert(event);
        return message == null ? "" : Escape.line(message);
    }
}
