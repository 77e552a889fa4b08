package io.ftpalg.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.policy.Verdict;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.server.audit.sink.AuditSettings;
import io.ftpalg.server.audit.sink.TestSinks;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditGateTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 50000);
    private static final Path FULL = Path.of("/dev/full");

    /** Of a full disk, for all tests: the end of one waits seconds for its disk. */
    private static final Audit full = new Audit();

    @TempDir
    private Path temp = Path.of(".");

    @BeforeAll
    static void fillDisk() {
        assumeTrue(Files.exists(FULL), "no /dev/full here");
        write(full, FULL, true);
        await().until(() -> full.gate().refuse(CLIENT).isPresent());
    }

    @AfterAll
    static void close() {
        full.close();
    }

    private static void write(Audit audit, Path file, boolean must) {
        audit.apply(Optional.of(new AuditSettings("gw1", List.of(TestSinks.file(file, must)))));
    }

    private static Verdict filter(Audit audit, FtpVerb verb) {
        return audit.filter().filter(FtpCommand.of(verb, "x"));
    }

    @Test
    void refusesSessionsWhileASinkThatMustCannotWrite() {
        assertThat(full.gate().refuse(CLIENT).map(FtpReply::code)).contains(421);
    }

    @ParameterizedTest
    @EnumSource(names = {"STOR", "APPE", "STOU", "RETR", "LIST", "MLSD"})
    void refusesTransfersThen(FtpVerb verb) {
        assertThat(filter(full, verb)).isInstanceOfSatisfying(Verdict.Refuse.class, refuse -> assertThat(
                        refuse.reply().code())
                .isEqualTo(452));
    }

    @ParameterizedTest
    @EnumSource(names = {"QUIT", "CWD", "NOOP"})
    void allowsOtherCommandsThen(FtpVerb verb) {
        assertThat(filter(full, verb)).isEqualTo(Verdict.allow());
    }

    @Test
    void refusesNothingForASinkThatMay() {
        try (Audit audit = new Audit()) {
            write(audit, FULL, false);
            // The record of the start has failed by then.
            await().during(Duration.ofMillis(200))
                    .until(() -> audit.gate().refuse(CLIENT).isEmpty());

            assertThat(filter(audit, FtpVerb.STOR)).isEqualTo(Verdict.allow());
        }
    }

    @Test
    void admitsAgainOnceItCanWrite() {
        try (Audit audit = new Audit()) {
            write(audit, FULL, true);
            await().until(() -> audit.gate().refuse(CLIENT).isPresent());

            write(audit, temp.resolve("audit.json"), true);

            await().until(() -> audit.gate().refuse(CLIENT).isEmpty());
        }
    }
}
