package io.ftpalg.server;

import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Secret;
import io.ftpalg.server.ctl.AdminClient;
import io.ftpalg.server.ctl.CtlException;
import io.ftpalg.server.json.Json;
import io.ftpalg.server.quota.CounterName;
import io.ftpalg.server.quota.QuotaChange;
import io.ftpalg.server.quota.QuotaReport;
import io.ftpalg.server.quota.QuotaStore;
import io.ftpalg.server.quota.QuotaTable;
import io.ftpalg.server.quota.StoreException;
import io.ftpalg.server.quota.Used;
import io.ftpalg.server.settings.AdminSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.settings.limits.QuotaSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The quotas of a config: where its gateway runs, by the API, else in the store itself. Blocks. Owned by its command.
 */
final class QuotaAccess {
    private final ProgramSettings settings;
    private final QuotaSettings quotas;

    QuotaAccess(ProgramSettings settings, QuotaSettings quotas) {
        this.settings = settings;
        this.quotas = quotas;
    }

    /** Quotas cannot be read or changed; the message is for the user. */
    static final class QuotaException extends Exception {
        private static final long serialVersionUID = 1L;

        QuotaException(String message) {
            super(message);
        }
    }

    /** Returns the report, as the API has it. */
    String show(String filter, int most) throws QuotaException {
        Optional<AdminClient> client = client();
        if (client.isPresent()) {
            String query = "?limit=" + most + "&q=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
            return call(() -> client.get().get("/api/v1/quotas" + query));
        }
        return inStore(
                (store, used) -> QuotaReport.of(table(), used, quotas.store().toString(), "closed", filter, most)
                        .toString());
    }

    /** Sets what was used; returns what was done. */
    String set(QuotaChange change, Json.Fields body, Optional<Long> bytes, Optional<Long> files) throws QuotaException {
        Optional<AdminClient> client = client();
        if (client.isPresent()) {
            return call(() -> client.get()
                    .post(
                            "/api/v1/quotas/set",
                            body.put("bytes", bytes).put("files", files).toString()));
        }
        List<CounterName> names = change.in(table());
        if (names.size() != 1) {
            throw new QuotaException(
                    names.isEmpty()
                            ? "there is no such quota (see quotas.rules of the config)"
                            : "there are " + names.size() + " such quotas (give --period and --direction)");
        }
        return inStore((store, used) -> {
            Used before = used.getOrDefault(names.get(0), unused(names.get(0)));
            store.save(Map.of(
                    names.get(0),
                    new Used(
                            before.start(), before.end(), bytes.orElse(before.bytes()), files.orElse(before.files()))));
            return "";
        });
    }

    /** Sets what was used to nothing; returns what was done. */
    String reset(QuotaChange change, Json.Fields body) throws QuotaException {
        Optional<AdminClient> client = client();
        if (client.isPresent()) {
            return call(() -> client.get().post("/api/v1/quotas/reset", body.toString()));
        }
        return inStore((store, used) -> {
            Map<CounterName, Used> none = new LinkedHashMap<>();
            change.among(used.keySet()).forEach(name -> none.put(name, unused(name)));
            if (none.isEmpty()) {
                throw new QuotaException("nothing is counted for it (see ftp-alg quota show)");
            }
            store.save(none);
            return "";
        });
    }

    private QuotaTable table() {
        return QuotaTable.of(settings.quotas());
    }

    private Used unused(CounterName name) {
        Clock clock = Clock.systemUTC();
        return QuotaStore.unused(name, clock, quotas.zone());
    }

    /** What is done with an open store. */
    @FunctionalInterface
    private interface Work {
        String with(QuotaStore store, Map<CounterName, Used> used) throws StoreException, QuotaException;
    }

    private String inStore(Work work) throws QuotaException {
        try (QuotaStore store = QuotaStore.open(quotas.store())) {
            long now = System.currentTimeMillis();
            Map<CounterName, Used> used = store.load();
            used.values().removeIf(one -> one.end() <= now);
            return work.with(store, used);
        } catch (StoreException e) {
            throw new QuotaException(
                    e.isLocked()
                            ? "the running gateway has " + quotas.store()
                                    + " open, and its admin server cannot be asked"
                                    + " (configure admin.socket, and restart it; or stop it first)"
                            : String.valueOf(e.getMessage()));
        }
    }

    /** A request to the API. */
    @FunctionalInterface
    private interface Call {
        String run() throws CtlException;
    }

    private static String call(Call call) throws QuotaException {
        try {
            return call.run();
        } catch (CtlException e) {
            throw new QuotaException(String.valueOf(e.getMessage()));
        }
    }

    /** Returns a client, if there is an admin server that runs. */
    private Optional<AdminClient> client() {
        if (settings.admin().isEmpty()) {
            return Optional.empty();
        }
        AdminSettings admin = settings.admin().get();
        try {
            AdminClient client = admin.socket().isPresent()
                    ? AdminClient.socket(admin.socket().get())
                    : AdminClient.url(
                            URI.create("http://" + IpLiteral.format(admin.bind().orElseThrow())),
                            admin.token().map(Secret::reveal));
            client.get("/api/v1/log-level");
            return Optional.of(client);
        } catch (CtlException e) {
            return Optional.empty();
        }
    }
}
