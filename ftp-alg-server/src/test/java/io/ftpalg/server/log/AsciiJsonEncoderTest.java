package io.ftpalg.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.ftpalg.server.json.JsonReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AsciiJsonEncoderTest {
    @Test
    void isOneLineOfPrintableAsciiThatMeansTheSame() {
        String message = "a\"b\\c\u001b[31m \u009b \u202e \u2028 \u00e9 \ud83d\ude00 \r\n \u007f";
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        AsciiJsonEncoder encoder = new AsciiJsonEncoder();
        encoder.setContext(context);
        encoder.setWithFormattedMessage(true);
        encoder.start();

        byte[] bytes = encoder.encode(new LoggingEvent(
                "test", context.getLogger("test"), Level.ERROR, message, new IllegalStateException(message), null));

        String line = new String(bytes, StandardCharsets.UTF_8);
        assertThat(line).matches("[ -~]+\n");
        assertThat(JsonReader.object(line.strip()))
                .containsEntry("formattedMessage", message)
                .extractingByKey("throwable")
                .asString()
                .contains(message);
    }
}
