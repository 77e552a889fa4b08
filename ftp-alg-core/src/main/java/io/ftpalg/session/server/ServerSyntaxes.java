package io.ftpalg.session.server;

import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.session.base.ServerAddress;
import io.ftpalg.session.base.SessionActions;
import io.ftpalg.session.base.SyntaxResult;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which ways to agree a data port work with the session's server: what failed in this session is not tried again in it, and
 * what the session learns is reported for others. Owned by the session.
 */
public final class ServerSyntaxes {
    private final SessionActions port;
    private final ServerAddress server;
    private final Map<DataSyntax, SyntaxResult> results = new EnumMap<>(DataSyntax.class);

    ServerSyntaxes(SessionActions port, ServerAddress server) {
        this.port = port;
        this.server = server;
    }

    /** Discards what this session learned: another server is next. */
    void reset() {
        results.clear();
    }

    /**
     * Returns how to agree a data port with the server, best first, without what did not work before.
     *
     * @param behindProxy whether the server is behind a proxy, which connects, and rarely accepts connections
     */
    List<DataSyntax> candidates(ServerDataMode mode, DataSyntax client, boolean behindProxy) {
        ServerDataMode usual = behindProxy && mode == ServerDataMode.CLIENT ? ServerDataMode.PASSIVE : mode;
        List<DataSyntax> all = server.get().isUnresolved()
                ? ofEitherVersion(usual, client)
                : usual.candidates(client, IpLiteral.canonical(server.get().getAddress()) instanceof Inet6Address);
        Set<DataSyntax> elsewhere = port.unusableSyntaxes(server.get());
        List<DataSyntax> usable = new ArrayList<>(all);
        usable.removeIf(syntax -> elsewhere.contains(syntax) || hasFailed(syntax));
        return usable.isEmpty() ? all : usable;
    }

    /** Only the proxy knows whether the server is reached by IPv6: the extended syntax, which suits both, is in any case the other choice. */
    private static List<DataSyntax> ofEitherVersion(ServerDataMode mode, DataSyntax client) {
        List<DataSyntax> ipv4 = mode.candidates(client, false);
        boolean isChosen = mode == ServerDataMode.PORT || mode == ServerDataMode.PASV;
        DataSyntax extended = ipv4.get(0).passive() ? DataSyntax.EPSV : DataSyntax.EPRT;
        return isChosen || ipv4.contains(extended) ? ipv4 : List.of(ipv4.get(0), extended);
    }

    /** A data port was agreed in this syntax, after those had failed. Only the first result of a session is reported. */
    public void agreed(DataSyntax syntax, Map<DataSyntax, SyntaxResult> failures) {
        failures.forEach((failed, result) -> report(failed, result));
        report(syntax, SyntaxResult.WORKED);
    }

    /** What is left does not work any more: all may be tried again, by the next command. */
    public void noneAgreed() {
        results.clear();
        port.unusableSyntaxes(server.get()).forEach(syntax -> port.syntaxWorked(server.get(), syntax));
    }

    private void report(DataSyntax syntax, SyntaxResult result) {
        if (results.put(syntax, result) != null) {
            return;
        }
        if (result == SyntaxResult.WORKED) {
            port.syntaxWorked(server.get(), syntax);
        } else {
            port.syntaxFailed(server.get(), syntax, result == SyntaxResult.TIMED_OUT);
        }
    }

    private boolean hasFailed(DataSyntax syntax) {
        return results.getOrDefault(syntax, SyntaxResult.WORKED) != SyntaxResult.WORKED;
    }
}
