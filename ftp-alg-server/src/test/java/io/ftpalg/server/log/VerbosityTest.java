package io.ftpalg.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerbosityTest {
    private final Optional<Level> usual = LogLevels.get("io.ftpalg");

    @AfterEach
    void setBack() {
        LogLevels.set("io.ftpalg", usual.orElse(null));
    }

    @Test
    void goesBackToWhatWasUsual() {
        LogLevels.set("io.ftpalg", Level.WARN);
        Verbosity verbosity = new Verbosity(false);

        verbosity.set(true);
        assertThat(LogLevels.get("io.ftpalg")).contains(Level.DEBUG);
        verbosity.set(false);
        assertThat(LogLevels.get("io.ftpalg")).contains(Level.WARN);
    }

    @Test
    void goesBackToTheLevelOfTheLoggerAbove() {
        LogLevels.set("io.ftpalg", null);
        Verbosity verbosity = new Verbosity(false);

        verbosity.set(true);
        verbosity.set(false);

        assertThat(LogLevels.get("io.ftpalg")).isEmpty();
    }

    @Test
    void isAlwaysMoreIfTheCommandLineAsksForIt() {
        new Verbosity(true).set(false);

        assertThat(LogLevels.get("io.ftpalg")).contains(Level.DEBUG);
    }
}
