package io.ftpalg.server.runtime;

import io.ftpalg.FtpAlgException;
import io.ftpalg.server.admin.AdminException;
import io.ftpalg.server.admin.AdminServer;
import io.ftpalg.server.config.ConfigException;
import io.ftpalg.server.config.ConfigFile;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.config.ConfigWatch;
import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.log.LogLines;
import io.ftpalg.server.log.Verbosity;
import io.ftpalg.server.service.ServiceManager;
import io.ftpalg.server.settings.LogFormat;
import io.ftpalg.server.settings.OtlpSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.settings.ReloadMode;
import io.ftpalg.server.settings.limits.QuotaSettings;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the config file again and puts it in place of the one that runs, or refuses it and logs why. Owned by the main
 * thread; all reloads run on a thread of its own, one after another.
 */
public final class Reloader implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Reloader.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path file;
    private final Function<String, Optional<String>> environment;
    private final Gateways gateways;
    private final AdminServer admin;
    private final Verbosity verbosity;
    private final ServiceManager manager;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("reload", true));
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile boolean started;
    private final ConfigWatch watch;
    /** Changed on the thread of the reloads only. */
    private volatile ConfigFile running;
    /** On the thread of the reloads only. */
    private List<String> problems = List.of();

    /** Why the file is read now; on the thread of the reloads only. */
    private String reason = "";

    private volatile Instant loadedAt = Instant.now();
    private volatile Outcome outcome = new Outcome(List.of());

    /** What became of a reload; each reload has one of its own, and none equals another. Immutable. */
    public static final class Outcome {
        private final List<String> problems;

        private Outcome(List<String> problems) {
            this.problems = List.copyOf(problems);
        }

        /** Returns the problems for which the file was refused, none if it is in effect. */
        public List<String> problems() {
            return problems;
        }
    }

    /** Makes a reloader of gateways that run what the file had when it was read, after the watch began. */
    public Reloader(
            Path file,
            Function<String, Optional<String>> environment,
            ConfigFile running,
            ConfigWatch watch,
            Gateways gateways,
            AdminServer admin,
            Verbosity verbosity,
            ServiceManager manager) {
        this.file = file;
        this.environment = environment;
        this.running = running;
        this.watch = watch;
        this.gateways = gateways;
        this.admin = admin;
        this.verbosity = verbosity;
        this.manager = manager;
    }

    /** Begins to handle the signal, which would end the program otherwise; reloads wait until the gateways have started. */
    public void receiveSignals() {
        if (!ReloadSignal.onReceived(this::onSignal) && running.settings().reload() != ReloadMode.OFF) {
            logger.warn("SIGHUP is not received (nohup, -Xrs, or a system without it): only reload: watch reloads");
        }
    }

    /** Begins to reload, as the gateways have started, and to check the files in mode {@code watch}. */
    public void start() {
        watch.watch(running.files());
        thread.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        started = true;
        if (asked.get()) {
            begin();
        }
    }

    /** Asks for a reload, on any thread; one that waits to begin serves all who ask. */
    void onSignal() {
        if (asked.compareAndSet(false, true) && started) {
            begin();
        }
    }

    private void begin() {
        try {
            thread.execute(() -> {
                asked.set(false);
                if (running.settings().reload() == ReloadMode.OFF) {
                    logger.warn("SIGHUP ignored: reload is off in {}", file);
                } else {
                    reload("SIGHUP");
                }
            });
        } catch (RejectedExecutionException e) {
            logger.debug("SIGHUP ignored: the program ends", e);
        }
    }

    /** Whatever happens in one look, there is a next one: a task that throws would be the last one of its thread. */
    private void look() {
        try {
            if (running.settings().reload() == ReloadMode.WATCH && watch.look()) {
                reload("change");
            }
        } catch (Throwable e) {
            logger.error("files not checked: internal error", e);
        }
    }

    private boolean reload(String why) {
        manager.reloading();
        reason = why;
        boolean accepted = tryReload(why);
        manager.ready((accepted ? "" : "new config refused, see the log; ") + gateways.status());
        return accepted;
    }

    private boolean tryReload(String why) {
        watch.reading();
        try {
            ConfigFile next = ConfigLoader.load(file, environment);
            watchToo(next.files());
            Optional<String> unable = unable(next);
            if (unable.isPresent()) {
                refuse(List.of(unable.get()));
                return false;
            }
            ListenerChanges changes = replace(next.settings());
            running = next;
            loadedAt = Instant.now();
            outcome = new Outcome(List.of());
            watch.watch(next.files());
            verbosity.set(next.settings().verbose());
            LogLines.use(next.settings().logFormat() == LogFormat.JSON);
            Warnings.of(next).forEach(logger::warn);
            gateways.audit().configReloaded(file.toString(), why, true, "");
            logger.info(
                    "config reloaded file={} why={} kept={} added={} removed={} old_sessions={}",
                    file,
                    why,
                    text(changes.kept()),
                    text(changes.added()),
                    text(changes.removed()),
                    changes.sessions());
            return true;
        } catch (ConfigException e) {
            watchToo(e.files());
            refuse(e.lines());
        } catch (SettingsException | AdminException e) {
            refuse(List.of(file + ": " + e.getMessage()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FtpAlgException failure) {
                refuse(List.of(file + ": " + failure.getMessage()));
            } else {
                logger.error("config kept file={} reason=internal-error", file, e.getCause());
            }
        } catch (RuntimeException | Error e) {
            logger.error("config kept file={} reason=internal-error", file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** All or nothing: whichever of the two fails, the other one has not changed. */
    private ListenerChanges replace(ProgramSettings next)
            throws SettingsException, AdminException, ExecutionException, InterruptedException {
        AdminServer.Change change = admin.prepare(next.admin());
        boolean replaced = false;
        try {
            ListenerChanges changes = gateways.replace(next);
            replaced = true;
            return changes;
        } finally {
            if (replaced) {
                change.commit();
            } else {
                change.discard();
            }
        }
    }

    /** As long as the new config is not in place, a change of its files or of those of the old one may correct it. */
    private void watchToo(Set<Path> files) {
        Set<Path> all = running.files();
        all.addAll(files);
        watch.watch(all);
    }

    /** Event loops are made once, and sessions of the old config live on them. */
    private Optional<String> unable(ConfigFile next) {
        String runs = Transports.name(running.settings().transport());
        String wanted = Transports.name(next.settings().transport());
        if (!wanted.equals(runs)) {
            return Optional.of(next.located(
                    ProgramKeys.TRANSPORT,
                    "transport '" + wanted + "': the running gateway uses " + runs + ": restart it to change that"));
        }
        if (!withoutHeaders(next.settings()).equals(withoutHeaders(running.settings()))) {
            return Optional.of(
                    file + ": otlp is not that of the running gateway: restart it to change that; only the content of"
                            + " headers-file can change");
        }
        Optional<Path> store = running.settings().quotas().map(QuotaSettings::store);
        if (store.isPresent()
                && !next.settings().quotas().map(QuotaSettings::store).equals(store)) {
            return Optional.of(file + ": quotas.store is not that of the running gateway: restart it to change that");
        }
        return Transports.unable(next.settings(), Names.KEYS).map(why -> file + ": " + why);
    }

    /** Headers are taken from the settings that run with each request. */
    private static Optional<OtlpSettings> withoutHeaders(ProgramSettings settings) {
        return settings.otlp().map(otlp -> otlp.withHeaders(Map.of()));
    }

    /** Returns the config file that runs. Any thread. */
    public ConfigFile running() {
        return running;
    }

    /** Returns its path. */
    public Path file() {
        return file;
    }

    /** Returns when it was read. Any thread. */
    public Instant loadedAt() {
        return loadedAt;
    }

    /** Returns what became of the last reload, or of the start. Any thread. */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * Reloads for an operator, whatever {@code reload} is set to; any thread. Completes with the problems for which the file was
     * refused, none if it is in effect.
     */
    public CompletableFuture<List<String>> reloadNow() {
        CompletableFuture<List<String>> outcome = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                problems = List.of("internal error: see the log");
                outcome.complete(reload("operator") ? List.of() : problems);
            });
        } catch (RejectedExecutionException e) {
            outcome.complete(List.of("the program ends"));
        }
        return outcome;
    }

    private void refuse(List<String> lines) {
        problems = List.copyOf(lines);
        outcome = new Outcome(problems);
        gateways.audit().configReloaded(file.toString(), reason, false, String.join("; ", lines));
        lines.forEach(logger::error);
        logger.error("config kept file={} reason=invalid", file);
    }

    private static String text(List<InetSocketAddress> addresses) {
        return addresses.isEmpty()
                ? "-"
                : addresses.stream().map(NetUtil::toSocketAddressString).collect(Collectors.joining(","));
    }

    /** Begins no reload any more; one that runs continues to its end. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
