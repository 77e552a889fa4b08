package io.ftpalg.server.admin.api;

import io.ftpalg.live.GatewayUsage;
import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.config.EffectiveConfig;
import io.ftpalg.server.json.Json;
import io.ftpalg.server.keys.form.Choices;
import io.ftpalg.server.runtime.MadeGateway;
import io.ftpalg.server.runtime.Reloader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** What is as the config has it: listeners with the use of their limits, certificates, the config itself. */
final class FactRoutes {
    /** The password in a URL of a proxy. */
    private static final Pattern PASSWORD = Pattern.compile("(://[^/\\s:@]*):[^@/\\s]*@");

    private final Program program;
    private final Executor blocking;

    /**
     * Makes it.
     *
     * @param blocking runs what reads files
     */
    FactRoutes(Program program, Executor blocking) {
        this.program = program;
        this.blocking = blocking;
    }

    void addTo(AdminRoutes.Builder routes) {
        AdminApi.get(routes, "/api/v1/listeners", request -> AdminApi.now(listeners()));
        AdminApi.get(routes, "/api/v1/config", request -> AdminApi.now(config()));
        AdminApi.get(
                routes,
                "/api/v1/certificates",
                request -> CompletableFuture.supplyAsync(
                        () -> AdminApi.json(
                                CertificateList.of(program.gateways().made())),
                        blocking));
    }

    private Json.Fields listeners() {
        return Json.object()
                .put(
                        "listeners",
                        program.gateways().made().stream()
                                .map(FactRoutes::listener)
                                .toList());
    }

    private static Json.Fields listener(MadeGateway made) {
        List<String> bound =
                made.gateway().boundAddresses().stream().map(Values::address).toList();
        int plain = Math.min(bound.size(), made.settings().bind().plain().size());
        GatewayUsage usage = made.gateway().usage();
        List<Json.Fields> limits = new ArrayList<>();
        limits.add(usage("sessions", usage.sessions(), usage.sessionLimit()));
        if (usage.passivePortLimit() > 0) {
            limits.add(usage("passivePorts", usage.passivePorts(), usage.passivePortLimit()));
        }
        int routes = made.settings().routing().routes().size();
        return Json.object()
                .put("addresses", bound.subList(0, plain))
                .put("implicitTls", bound.subList(plain, bound.size()))
                .put("protocol", Choices.name(made.settings().protocol()))
                .put(
                        "routes",
                        (routes == 0 ? "" : routes + " routes, then ")
                                + made.settings().routing().otherwise())
                .put("limits", limits);
    }

    private static Json.Fields usage(String name, int used, int limit) {
        return Json.object().put("name", name).put("used", used).put("limit", limit);
    }

    private Json.Fields config() {
        Optional<Reloader> reloader = program.reloader();
        String text = reloader.map(its -> String.join("\n", EffectiveConfig.lines(its.running())) + "\n")
                .orElse("# the settings are those of the command line\n");
        return Json.object()
                .put("file", reloader.map(its -> its.file().toString()))
                .put("loadedAt", Values.time(reloader.map(Reloader::loadedAt).orElse(program.startedAt())))
                .put("text", PASSWORD.matcher(text).replaceAll("$1:****@"));
    }
}
