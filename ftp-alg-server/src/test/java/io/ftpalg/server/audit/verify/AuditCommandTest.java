package io.ftpalg.server.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AuditCommandTest {

    @Test
    void needsACommand() {
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new AuditCommand());
        line.setErr(new PrintWriter(err));

        assertThat(line.execute()).isEqualTo(2);
        assertThat(err.toString()).startsWith("audit needs a command: ftp-alg audit verify FILE...");
    }
}
