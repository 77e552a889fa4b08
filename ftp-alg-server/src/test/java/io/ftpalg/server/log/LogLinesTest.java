package io.ftpalg.server.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.ftpalg.server.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BatchAppender appender = new BatchAppender(() -> new PrintStream(bytes, true));
    private final Logger logger = context.getLogger("test");

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %msg%n");
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.INFO);
    }

    @Test
    void jsonIsAnObjectALineWithTheSession() {
        LogLines.use(true, context, appender);

        logger.info("[{}] session opened", 17);

        assertThat(JsonReader.object(lines().get(0)))
                .containsEntry("formattedMessage", "[17] session opened")
                .containsEntry("level", "INFO")
                .extractingByKey("session")
                .hasToString("17");
    }

    @Test
    void jsonOfTheProcessHasNoSession() {
        LogLines.use(true, context, appender);

        logger.info("config reloaded");

        assertThat(JsonReader.object(lines().get(0))).doesNotContainKey("session");
    }

    @Test
    void textIsAsTheFileOfLogbackHasIt() {
        LogLines.use(true, context, appender);
        LogLines.use(false, context, appender);

        logger.info("[{}] session opened", 17);

        assertThat(lines()).containsExactly("INFO [17] session opened");
    }

    private List<String> lines() {
        appender.stop();
        return bytes.toString(US_ASCII).lines().toList();
    }
}
