package io.ftpalg.server.admin;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.admin.AdminCaller.Proof;
import io.ftpalg.tls.ClientTlsContexts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask at one address or socket. Immutable.
 *
 * @param token what callers must know, if that is to be checked
 * @param hosts names in {@code Host}, beside {@code localhost} and IP addresses; in small letters
 * @param tls where the TLS contexts come from, if the address has TLS
 * @param certificates whether a client needs a certificate, which the handshake has checked
 * @param place what is listened on
 */
record AdminAccess(
        Optional<Secret> token, Set<String> hosts, Optional<ClientTlsContexts> tls, boolean certificates, Place place) {

    AdminAccess {
        hosts = Set.copyOf(hosts);
    }

    /** Returns the access of a Unix domain socket, whose file's mode decides who may open it. */
    static AdminAccess socket(boolean group) {
        return new AdminAccess(
                Optional.empty(), Set.of(), Optional.empty(), false, group ? Place.GROUP_SOCKET : Place.OWNER_SOCKET);
    }

    /** What is listened on. */
    enum Place {
        /** An address of TCP. */
        ADDRESS,
        /** A Unix domain socket for its owner. */
        OWNER_SOCKET,
        /** A Unix domain socket for its owner and its group. */
        GROUP_SOCKET
    }

    /** Returns whether this is a Unix domain socket. */
    boolean socket() {
        return place != Place.ADDRESS;
    }

    /** What a request shows of its caller. */
    enum Verdict {
        /** It may ask. */
        ADMITTED,
        /** It gave no token. */
        NO_TOKEN,
        /** It gave another. */
        WRONG_TOKEN
    }

    /** Returns whether a request with this {@code Authorization} may ask; takes the same time for each wrong token of a length. */
    Verdict check(Optional<String> authorization) {
        if (token.isEmpty()) {
            return Verdict.ADMITTED;
        }
        if (authorization.isEmpty()) {
            return Verdict.NO_TOKEN;
        }
        return given(authorization.get()).filter(token.get()::equals).isPresent()
                ? Verdict.ADMITTED
                : Verdict.WRONG_TOKEN;
    }

    /** Returns what an admitted request has shown. */
    Proof proof() {
        return socket()
                ? Proof.SOCKET
                : certificates ? Proof.CERTIFICATE : token.isPresent() ? Proof.TOKEN : Proof.LOOPBACK;
    }

    /** A browser sends what it asked its user for as Basic; the name does not matter. */
    private static Optional<Secret> given(String authorization) {
        String[] parts = authorization.trim().split(" +", 2);
        if (parts.length != 2) {
            return Optional.empty();
        }
        if (parts[0].equalsIgnoreCase("Bearer")) {
            return Optional.of(Secret.of(parts[1]));
        }
        if (!parts[0].equalsIgnoreCase("Basic")) {
            return Optional.empty();
        }
        try {
            String pair = new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return Optional.of(Secret.of(pair.substring(pair.indexOf(':') + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
