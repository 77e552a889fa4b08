package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.admin.AdminServer;
import io.ftpalg.server.admin.api.AdminApi;
import io.ftpalg.server.admin.api.Program;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.log.Verbosity;
import io.ftpalg.server.metrics.Metrics;
import io.ftpalg.server.quota.QuotaKeeper;
import io.ftpalg.server.runtime.Gateways;
import io.ftpalg.server.runtime.RunningFacts;
import io.ftpalg.server.settings.ProgramSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command {@code quota}, while a gateway of the same config runs and while none does. */
@Timeout(120)
class QuotaCommandTest {
    @TempDir
    private Path temp = Path.of(".");

    private Path file = Path.of(".");

    private record Result(int code, String out, String err) {}

    /** What is done while the gateway runs. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    @BeforeEach
    void write() throws Exception {
        file = config("admin: {socket: '" + temp.resolve("admin.sock") + "'}\n");
    }

    private Path config(String admin) throws Exception {
        return Files.writeString(temp.resolve("gateway.yaml"), admin + """
                quotas:
                  store: '%s'
                  rules:
                    - {each-user: true, period: day, direction: upload, bytes: 10GB, files: 100}
                    - {each-user: true, period: month, direction: upload, bytes: 10GB}
                    - {group: staff, period: hour, bytes: 1MB}
                listeners:
                  - {bind: '127.0.0.3:0', upstream: '127.0.0.1:21'}
                """.formatted(temp.resolve("quotas.db")));
    }

    @Test
    void changesTheStoreWhileNoGatewayRuns() {
        assertThat(quota("set", "--user", "joe", "--period", "day", "--bytes", "5", "--files", "6")
                        .out())
                .isEqualTo("set\n");
        assertThat(quota("set", "--group", "staff", "--files", "7").code()).isZero();

        assertThat(quota("show").out())
                .containsPattern("user +joe +day +upload +5 B +9\\.3 GiB +6 +100 +20")
                .containsPattern("group +staff +hour +both +0 B +976\\.6 KiB +7 +- +20");
        assertThat(quota("reset", "--user", "joe").out()).isEqualTo("reset\n");
        assertThat(quota("show", "--filter", "JOE").out()).containsPattern("upload +0 B");
    }

    @Test
    void changesWhatARunningGatewayHas() throws Exception {
        whileItRuns(() -> {
            assertThat(quota("set", "--user", "joe", "--period", "day", "--bytes", "5")
                            .err())
                    .isEmpty();
            assertThat(quota("show", "--json").out()).contains("\"state\":\"open\"", "\"bytes\":5");
            assertThat(quota("reset", "--user", "joe").out()).isEqualTo("reset\n");
            assertThat(quota("show", "--json").out()).contains("\"bytes\":0");
            assertThat(quota("reset", "--user", "ann").err()).contains("nothing is counted for user ann");
            assertThat(quota("set", "--user", "joe", "--bytes", "5").err()).contains("there are 2 quotas of user joe");
            assertThat(quota("set", "--group", "other", "--bytes", "5").err()).contains("there is no such quota");
        });

        assertThat(quota("show", "--json").out()).contains("\"state\":\"closed\"", "\"bytes\":0");
    }

    @Test
    void failsWhereARunningGatewayCannotBeAsked() throws Exception {
        file = config("");
        whileItRuns(() -> {
            Result result = quota("show");

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).contains("the running gateway has", "configure admin.socket, and restart it");
        });
    }

    @Test
    void showsHowManyThereAre() {
        quota("set", "--user", "joe", "--period", "day", "--bytes", "5");
        quota("set", "--user", "ann", "--period", "day", "--bytes", "5");

        assertThat(quota("show", "--limit", "1").err()).contains("2 in all");
    }

    @Test
    void refusesWhatCannotBe() throws Exception {
        assertThat(quota("set", "--user", "joe").err()).contains("give --bytes or --files");
        assertThat(quota("set", "--user", "joe", "--bytes", "-1").err()).contains("give --bytes or --files");
        assertThat(quota("reset").err()).contains("expected a user or a group");
        assertThat(quota("reset", "--user", "joe").err()).contains("nothing is counted for it");
        assertThat(quota("set", "--user", "joe", "--bytes", "1").err()).contains("there are 2 such quotas");
        assertThat(quota("set", "--group", "none", "--bytes", "1").err()).contains("there is no such quota");
        assertThat(Main.commandLine()
                        .setErr(new PrintWriter(new StringWriter()))
                        .execute("quota"))
                .isEqualTo(2);
    }

    @Test
    void needsQuotas() throws Exception {
        Files.writeString(file, "listeners:\n  - {bind: '127.0.0.3:0', upstream: '127.0.0.1:21'}\n");

        assertThat(quota("show").err()).contains("no quotas: configure quotas");
    }

    @Test
    void needsAConfigWithoutProblems() throws Exception {
        Files.writeString(file, "nothing: 1\n");

        assertThat(quota("show").code()).isEqualTo(2);
    }

    private void whileItRuns(Work work) throws Exception {
        ProgramSettings settings =
                ConfigLoader.load(file, name -> Optional.empty()).settings();
        AdminApi api = new AdminApi();
        Gateways gateways = Gateways.of(settings);
        Program program = new Program(
                gateways,
                new Verbosity(false),
                grace -> {},
                new Program.Upgrade(() -> 1L, Optional::empty, Optional::empty));
        AdminServer admin =
                new AdminServer(AdminTable.of(new RunningFacts(gateways, () -> 0), new Metrics(), api, program));
        try {
            admin.prepare(settings.admin()).commit();
            gateways.start();
            assertThat(gateways.quotas().state()).isEqualTo(QuotaKeeper.State.OPEN);
            work.run();
        } finally {
            admin.close();
            gateways.close();
            api.close();
        }
    }

    private Result quota(String command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("quota", command, "--config", file.toString()));
        all.addAll(List.of(arguments));
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        int code = line.execute(all.toArray(new String[0]));
        return new Result(code, out.toString(), err.toString());
    }
}
