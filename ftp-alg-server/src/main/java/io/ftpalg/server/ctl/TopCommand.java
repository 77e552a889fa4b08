package io.ftpalg.server.ctl;

import io.ftpalg.server.json.JsonReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * The command {@code ftp-alg ctl top}: a view that is drawn again every second, 80 columns by 24 lines; once, where the output is no
 * terminal. Filled by picocli, used once, on the main thread.
 */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "Show state and the busiest sessions live, at 80x24; end it with q and Enter, or Ctrl-C.")
final class TopCommand implements Callable<Integer> {
    static final int WIDTH = 80;
    static final int HEIGHT = 24;
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

    private static final List<CtlText.Column> COLUMNS = List.of(
            CtlText.Column.of("ID", "id"),
            CtlText.Column.of("CLIENT", "client"),
            CtlText.Column.of("USER", "user"),
            CtlText.Column.of("STATE", "state"),
            CtlText.Column.of("RATE", "bytesPerSecond"),
            CtlText.Column.of("PATH", "path"));

    @ParentCommand
    private CtlCommand ctl = new CtlCommand();

    @Option(names = "--once", description = "draw it once")
    private boolean once;

    @Override
    public Integer call() {
        return ctl.run(client -> {
            boolean live = !once && isTerminal();
            boolean ends = false;
            while (!ends) {
                List<String> screen = screen(
                        client.get("/api/v1/status"),
                        client.get("/api/v1/sessions?sort=-bytesPerSecond&limit=" + HEIGHT));
                ctl.out().print((live ? HOME_AND_CLEAR : "") + String.join("\n", screen) + "\n");
                ctl.out().flush();
                ends = !live || quits();
            }
        });
    }

    static List<String> screen(String status, String sessions) {
        List<String> lines = new ArrayList<>(CtlText.status(JsonReader.object(status)));
        lines.add("");
        lines.addAll(CtlText.table(CtlText.rows(JsonReader.object(sessions), "sessions"), COLUMNS));
        return lines.stream()
                .limit(HEIGHT - 1)
                .map(line -> line.length() > WIDTH ? line.substring(0, WIDTH) : line)
                .toList();
    }

    /** As the system has it: a console is there in newer JVMs, whatever the output is. */
    private static boolean isTerminal() {
        try {
            String output = Path.of("/proc/self/fd/1").toRealPath().toString();
            return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty") || output.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean quits() {
        try {
            TimeUnit.SECONDS.sleep(1);
            while (System.in.available() > 0) {
                if (System.in.read() == 'q') {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
