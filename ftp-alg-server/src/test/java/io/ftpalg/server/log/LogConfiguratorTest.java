package io.ftpalg.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.Configurator;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogConfiguratorTest {
    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void isWhatLogbackFinds() {
        assertThat(ServiceLoader.load(Configurator.class)).hasExactlyElementsOfTypes(LogConfigurator.class);
    }

    @Test
    void endsTheSearchForAConfiguration() {
        assertThat(new LogConfigurator().configure(context))
                .isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
    }

    @Test
    void setsTheLevelsOfTheFile() throws Exception {
        LogConfigurator.apply(context);

        assertThat(levels(context)).isEqualTo(levelsOfFile());
    }

    @Test
    void hasThePatternOfTheFile() throws Exception {
        assertThat(file()).contains("<pattern>" + LogConfigurator.PATTERN + "</pattern>");
    }

    @Test
    void writesToTheAppenderOfTheFile() throws Exception {
        LogConfigurator.apply(context);

        assertThat(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                        .getAppender(LogConfigurator.APPENDER)
                        .getClass()
                        .getName())
                .satisfies(name -> assertThat(file())
                        .contains("<appender name=\"" + LogConfigurator.APPENDER + "\" class=\"" + name + "\">"));
    }

    private static Map<String, Level> levels(LoggerContext context) {
        return context.getLoggerList().stream()
                .filter(logger -> logger.getLevel() != null)
                .collect(Collectors.toMap(Logger::getName, logger -> Objects.requireNonNull(logger.getLevel())));
    }

    private static Map<String, Level> levelsOfFile() throws Exception {
        LoggerContext other = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(other);
        configurator.doConfigure(Objects.requireNonNull(LogConfigurator.class.getResource("/logback.xml")));
        Map<String, Level> levels = levels(other);
        other.stop();
        return levels;
    }

    private static String file() throws Exception {
        try (var in = Objects.requireNonNull(LogConfigurator.class.getResourceAsStream("/logback.xml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
