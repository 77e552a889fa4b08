package io.ftpalg.session.exchange;

import static io.ftpalg.session.Logins.forward;
import static io.ftpalg.session.Logins.greetedFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreLoginCommandsTest {
    private final PreLoginCommands prelude = new PreLoginCommands();

    @Test
    void keepsTheLastOfEachKind() {
        keep("OPTS", "UTF8 ON");
        keep("CLNT", "one");
        keep("CLNT", "two");

        assertThat(prelude.commands()).extracting(FtpCommand::argument).containsExactly("UTF8 ON", "two");
        prelude.forget();
        assertThat(prelude.commands()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MLST size", "HASH SHA-256", "UTF8 OFF", "UTF8 ON; x"})
    void keepsNoOptionThatDependsOnTheServer(String option) {
        assertThat(keep("OPTS", option)).isFalse();
        assertThat(prelude.commands()).isEmpty();
    }

    @Test
    void keepsNoEndlessName() {
        assertThat(keep("CLNT", "x".repeat(512))).isTrue();
        assertThat(keep("CLNT", "x".repeat(513))).isFalse();
    }

    /** L3. */
    @Test
    void isToldToEachServerBeforeTheUserAndTheClientHearsNothingOfIt() {
        forward().play("""
                C> OPTS UTF8 ON
                C< 200 OK.
                C> CLNT lftp/4.9.2
                C< 200 OK.
                C> USER joe@ftp.example
                """ + greetedFor("joe@ftp.example") + """
                S< OPTS UTF8 ON
                S> 200-fine
                S> 200 done
                S< CLNT lftp/4.9.2
                S> 500 what?
                S< USER joe
                S> 331 password?
                C< 331 password?
                """);
    }

    private boolean keep(String verb, String argument) {
        return prelude.keep(FtpCommand.of(verb, argument));
    }
}
