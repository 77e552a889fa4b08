package io.ftpalg.server.admin.api;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.server.files.BuildVersion;
import io.ftpalg.server.json.Json;
import io.ftpalg.server.runtime.OperatorState;
import io.ftpalg.server.runtime.Reloader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * State, totals and throughput, measured once a second while the admin server is open. Measured by one thread, read by any, as one
 * volatile value.
 */
final class Figures {
    private static final int HISTORY = 300;

    private final Program program;
    private final EventRecords records;
    private final Ring<Json.Fields> history = new Ring<>(HISTORY);
    private volatile Sample last = new Sample(System.nanoTime(), 0, 0, 0, 0, 0, 0);
    private volatile Rates rates = new Rates(0, 0, 0, 0);

    private record Sample(
            long at, int sessions, long transfers, long toClient, long toServer, long opened, long commands) {}

    private record Rates(double toClient, double toServer, double opened, double commands) {}

    Figures(Program program, EventRecords records) {
        this.program = program;
        this.records = records;
    }

    /** Takes the second's figures from these sessions. */
    void measure(List<SessionSnapshot> sessions) {
        Sample before = last;
        long toClient = records.bytesToClient.sum();
        long toServer = records.bytesToServer.sum();
        long commands = records.commands.sum();
        long transfers = 0;
        for (SessionSnapshot session : sessions) {
            toClient += session.bytesToClient();
            toServer += session.bytesToServer();
            commands += session.commands();
            transfers += session.transfer().isPresent() ? 1 : 0;
        }
        // A session that ends between the two readings would be missing for a moment.
        Sample now = new Sample(
                System.nanoTime(),
                sessions.size(),
                transfers,
                Math.max(before.toClient(), toClient),
                Math.max(before.toServer(), toServer),
                records.sessions.sum(),
                Math.max(before.commands(), commands));
        double seconds = Math.max(0.001, (now.at() - before.at()) / 1e9);
        rates = new Rates(
                (now.toClient() - before.toClient()) / seconds,
                (now.toServer() - before.toServer()) / seconds,
                (now.opened() - before.opened()) / seconds,
                (now.commands() - before.commands()) / seconds);
        last = now;
        history.add(Json.object()
                .put("at", Values.time(Instant.now()))
                .put("sessions", now.sessions())
                .put("transfers", now.transfers())
                .put("bytesToClientPerSecond", rates.toClient())
                .put("bytesToServerPerSecond", rates.toServer()));
    }

    Json.Fields history() {
        List<Json.Fields> points = history.newest(HISTORY);
        java.util.Collections.reverse(points);
        return Json.object().put("intervalSeconds", 1).put("points", points);
    }

    Json.Fields status() {
        Sample now = last;
        Rates current = rates;
        Optional<Reloader> reloader = program.reloader();
        Optional<OperatorState.Maintenance> maintenance =
                program.gateways().operator().maintenance();
        return Json.object()
                .put("version", BuildVersion.version())
                .put("java", System.getProperty("java.version", ""))
                .put("process", ProcessHandle.current().pid())
                .put("state", state(maintenance.isPresent()))
                .put("startedAt", Values.time(program.startedAt()))
                .put("uptimeSeconds", Values.seconds(Duration.between(program.startedAt(), Instant.now())))
                .put("sessions", program.gateways().sessions())
                .put("transfers", now.transfers())
                .put(
                        "totals",
                        Json.object()
                                .put("sessions", records.sessions.sum())
                                .put("refused", records.refused.sum())
                                .put("transfers", records.transfers.sum())
                                .put("failedTransfers", records.failedTransfers.sum())
                                .put("loginFailures", records.loginFailures.sum())
                                .put("bytesToClient", now.toClient())
                                .put("bytesToServer", now.toServer()))
                .put(
                        "throughput",
                        Json.object()
                                .put("bytesToClientPerSecond", current.toClient())
                                .put("bytesToServerPerSecond", current.toServer())
                                .put("sessionsPerSecond", current.opened())
                                .put("commandsPerSecond", current.commands()))
                .put("drain", program.gateways().untilCut().map(left -> Json.object()
                        .put("sessions", program.gateways().sessions())
                        .put("transfers", now.transfers())
                        .put("secondsLeft", Values.seconds(left))))
                .put("upgrade", upgrade())
                .put("maintenance", maintenance.map(on -> Json.object()
                        .put("text", on.text())
                        .put("since", Values.time(on.since()))
                        .put("by", on.by())))
                .put("configFile", reloader.map(its -> its.file().toString()))
                .put("configLoadedAt", reloader.map(its -> Values.time(its.loadedAt())));
    }

    private Optional<Json.Fields> upgrade() {
        Program.Upgrade upgrade = program.upgrade();
        Optional<Long> running = upgrade.running().get();
        Optional<Integer> exitCode = upgrade.exitCode().get();
        return running.isEmpty() && exitCode.isEmpty()
                ? Optional.empty()
                : Optional.of(Json.object().put("process", running).put("exitCode", exitCode));
    }

    private String state(boolean maintenance) {
        if (program.gateways().untilCut().isPresent()) {
            return "draining";
        }
        boolean starting =
                program.gateways().notReady().filter("starting"::equals).isPresent();
        return starting ? "starting" : maintenance ? "maintenance" : "ready";
    }
}
