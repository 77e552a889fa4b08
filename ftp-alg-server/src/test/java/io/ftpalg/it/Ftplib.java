package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Drives Python's ftplib, the client of many scripts: it has to be taught to resume TLS sessions, and then can. */
final class Ftplib implements FtpClient {
    private static final String SCRIPT = script();

    private final ClientSecurity security;

    Ftplib(ClientSecurity security) {
        this.security = security;
    }

    @Override
    public String name() {
        return "ftplib";
    }

    @Override
    public void require() {
        Peers.require("python3");
    }

    @Override
    public Set<DataSyntax> syntaxes(boolean ipv6) {
        return ipv6 ? EnumSet.of(DataSyntax.EPRT, DataSyntax.EPSV) : EnumSet.allOf(DataSyntax.class);
    }

    @Override
    public String run(Path folder, Target target, DataSyntax syntax, List<Step> steps) {
        List<String> command = new ArrayList<>(List.of("python3", "-c", SCRIPT));
        command.addAll(List.of(
                target.host(),
                Integer.toString(target.port()),
                target.user(),
                target.password(),
                TestServer.DIRECTORY,
                security.protection().name(),
                syntax.name(),
                security.version().number(),
                security.trust().toString(),
                security.self().map(Path::toString).orElse(""),
                Boolean.toString(security.resume())));
        StringBuilder input = new StringBuilder();
        for (Step step : steps) {
            input.append(line(step)).append('\n');
        }
        return Program.run(folder, command, input.toString(), TIMEOUT);
    }

    private static String line(Step step) {
        if (step instanceof Step.Put put) {
            return "put\t" + put.local() + '\t' + put.remote();
        } else if (step instanceof Step.Get get) {
            return "get\t" + get.remote() + '\t' + get.local();
        }
        return "names\t" + ((Step.Names) step).local();
    }

    private static String script() {
        try (InputStream in = Ftplib.class.getResourceAsStream("ftplib_client.py")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
