package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Drives lftp, which speaks EPRT over IPv6 only, and says {@code EPRT |2|::|port|} there: that is left out. */
final class Lftp implements Interruptible {
    private final ClientSecurity security;
    private final String proxy;

    Lftp() {
        this(ClientSecurity.NONE);
    }

    Lftp(ClientSecurity security) {
        this(security, "");
    }

    private Lftp(ClientSecurity security, String proxy) {
        this.security = security;
        this.proxy = proxy;
    }

    /** Returns one that goes through a proxy; the login there is {@code USER:PASSWORD@}, or nothing. */
    static Lftp through(InetSocketAddress proxy, String login, String type) {
        return new Lftp(ClientSecurity.NONE, """
                set ftp:proxy "ftp://%s%s:%d"
                set ftp:proxy-auth-type %s
                """.formatted(login, proxy.getHostString(), proxy.getPort(), type));
    }

    @Override
    public String name() {
        return "lftp";
    }

    @Override
    public void require() {
        Peers.require("lftp");
    }

    @Override
    public Set<DataSyntax> syntaxes(boolean ipv6) {
        return ipv6 ? EnumSet.of(DataSyntax.EPSV) : EnumSet.of(DataSyntax.PORT, DataSyntax.PASV, DataSyntax.EPSV);
    }

    @Override
    public String run(Path folder, Target target, DataSyntax syntax, List<Step> steps) {
        return Program.run(folder, List.of("lftp"), script(target, syntax, steps), TIMEOUT);
    }

    @Override
    public Program start(Path folder, Target target, DataSyntax syntax, Step transfer) {
        return Program.start(folder, List.of("lftp"), Map.of(), script(target, syntax, List.of(transfer)));
    }

    private String script(Target target, DataSyntax syntax, List<Step> steps) {
        StringBuilder script = new StringBuilder(login(target, syntax));
        for (Step step : steps) {
            if (step instanceof Step.Put put) {
                script.append("put \"%s\" -o \"%s\"\n".formatted(put.local(), put.remote()));
            } else if (step instanceof Step.Get get) {
                script.append("get \"%s\" -o \"%s\"\n".formatted(get.remote(), get.local()));
            } else if (step instanceof Step.Names names) {
                script.append("recls -1 > \"%s\"\n".formatted(names.local()));
            }
        }
        return script + "bye\n";
    }

    private String login(Target target, DataSyntax syntax) {
        return """
                set cmd:fail-exit true
                set net:timeout 20
                set net:max-retries 1
                set net:persist-retries 0
                set net:connection-limit 1
                %s%s
                set ftp:fix-pasv-address false
                set ftp:ignore-pasv-address false
                set ftp:passive-mode %b
                set ftp:prefer-epsv %b
                set ftp:use-mode-z false
                set xfer:clobber true
                debug 5
                open -u "%s,%s" %s://%s/
                cd %s
                """.formatted(
                        proxy,
                        tls(),
                        syntax.passive(),
                        syntax == DataSyntax.EPSV,
                        target.user(),
                        target.password(),
                        security.implicit() ? "ftps" : "ftp",
                        target.authority(),
                        TestServer.DIRECTORY);
    }

    private String tls() {
        if (!security.tls()) {
            return "set ftp:ssl-allow false";
        }
        return """
                set ftp:ssl-force true
                set ftp:ssl-protect-data true
                set ftp:ssl-protect-list true
                set ssl:verify-certificate true
                set ssl:ca-file "%s"
                set ssl:priority "NORMAL:-VERS-ALL:+VERS-TLS%s"
                """.formatted(security.trust(), security.version().number());
    }

    @Override
    public String toString() {
        return name();
    }
}
