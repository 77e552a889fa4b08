package io.ftpalg.server.ctl;

import io.ftpalg.server.json.Json;
import io.ftpalg.server.json.JsonReader;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * The command {@code ftp-alg ctl upgrade}: has the running process start the program as it is installed now, and waits until that one has
 * taken over. Filled by picocli, used once, on the main thread.
 */
@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Have the program as it is installed now take over; no client is refused, and no session ends.")
final class UpgradeCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 200;

    @ParentCommand
    private CtlCommand ctl = new CtlCommand();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "time for the new process to take over")
    private int seconds;

    @Override
    public Integer call() {
        return ctl.run(client -> {
            String done = client.post("/api/v1/upgrade", Json.object().toString());
            String detail = String.valueOf(JsonReader.object(done).get("detail"));
            long process = Long.parseLong(detail.substring(detail.indexOf('=') + 1));
            Map<String, Object> status = await(process);
            if (ctl.json()) {
                ctl.out().println(done);
            } else {
                ctl.out()
                        .println("upgrade: process " + process + " has taken over, version "
                                + CtlText.safe(String.valueOf(status.get("version"))));
            }
        });
    }

    private Map<String, Object> await(long process) throws CtlException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (deadline - System.nanoTime() > 0) {
            Map<String, Object> status = status();
            if (String.valueOf(process).equals(String.valueOf(status.get("process")))) {
                return status;
            }
            if (status.get("upgrade") instanceof Map<?, ?> upgrade && upgrade.get("exitCode") != null) {
                throw new CtlException("process " + process + " has ended with " + upgrade.get("exitCode")
                        + ", and the running one continues: see the log");
            }
            pause();
        }
        throw new CtlException(
                "process " + process + " has not taken over in " + seconds + " s: see the log, and ctl status");
    }

    /** Between the two processes nobody answers. */
    private Map<String, Object> status() {
        try {
            return JsonReader.object(ctl.client().get("/api/v1/status"));
        } catch (CtlException e) {
            return Map.of();
        }
    }

    private static void pause() throws CtlException {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CtlException("interrupted");
        }
    }
}
