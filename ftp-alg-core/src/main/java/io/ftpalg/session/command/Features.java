package io.ftpalg.session.command;

import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.session.exchange.SessionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The reply to FEAT: what the server offers, less what the gateway does not carry, and with what it adds (RFC 2389 section
 * 3.2).
 */
public final class Features {
    private static final Set<String> NOT_CARRIED = Set.of(
            "AUTH", "PBSZ", "PROT", "CCC", "SSCN", "CPSV", "LPRT", "LPSV", "SPSV", "HOST", "ALGS", "EPRT", "EPSV");
    private static final List<String> ADDED = List.of("EPRT", "EPSV");
    private static final Set<String> SECURITY = Set.of("AUTH", "PBSZ", "PROT", "CCC");
    private static final List<String> SECURITY_ADDED = List.of("AUTH TLS", "PBSZ", "PROT");

    private static final String FIRST = "Features:";
    private static final String LAST = "End";

    private Features() {}

    /** Returns what the gateway offers by itself. */
    public static FtpReply own(ClientTls tls) {
        return reply(FIRST, List.of(), tls, LAST);
    }

    /** Returns what the gateway offers a client that may send HOST (RFC 7151 section 3.2). */
    public static FtpReply ownWithHost(ClientTls tls) {
        return reply(FIRST, List.of("HOST"), tls, LAST);
    }

    /**
     * Returns the server's features as the client is to see them, in between the first and the last line of the server.
     *
     * @param withheld names of features that the session has not, in upper case
     */
    static FtpReply rebuilt(FtpReply server, ClientTls tls, Set<String> withheld) {
        boolean passesAuth = tls.auth() == AuthMode.PASSTHROUGH;
        List<String> kept = new ArrayList<>();
        List<String> lines = server.lines();
        for (String line : lines.size() < 3 ? List.<String>of() : lines.subList(1, lines.size() - 1)) {
            String feature = feature(line, server.code());
            String name = feature.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            if (withheld.contains(name)) {
                continue;
            }
            if (!feature.isEmpty() && (!NOT_CARRIED.contains(name) || passesAuth && SECURITY.contains(name))) {
                kept.add(feature);
            }
        }
        boolean isList = lines.size() > 1;
        return reply(isList ? lines.get(0) : FIRST, kept, tls, isList ? server.text() : LAST);
    }

    /** Some servers indent by several blanks, some repeat the code on every line. */
    private static String feature(String line, int code) {
        String text = line.startsWith(code + "-") ? line.substring(4) : line;
        return text.strip();
    }

    /** Returns one line about TLS on both sides of the session. */
    static String tlsStatus(SessionContext session) {
        boolean hasServer = session.state().hasServer();
        return "TLS (AUTH TLS, PBSZ, PROT): you " + (session.protection().isSecured() ? "on" : "off") + ", data "
                + (session.protection().isDataPrivate() ? "P" : "C")
                + (hasServer ? "; server " + (session.server().tls().isSecured() ? "on" : "off") : "");
    }

    private static FtpReply reply(String first, List<String> features, ClientTls tls, String last) {
        List<String> lines = new ArrayList<>();
        lines.add(first);
        features.forEach(feature -> lines.add(" " + feature));
        ADDED.forEach(feature -> lines.add(" " + feature));
        if (tls.isOffered()) {
            SECURITY_ADDED.forEach(feature -> lines.add(" " + feature));
            if (tls.clearCommandChannel()) {
                lines.add(" CCC");
            }
        }
        lines.add(last);
        return new FtpReply(211, lines);
    }
}
