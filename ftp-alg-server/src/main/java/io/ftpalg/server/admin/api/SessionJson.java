package io.ftpalg.server.admin.api;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.TransferSnapshot;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.server.json.Json;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions and transfers as the API has them. Stateless. */
final class SessionJson {
    private SessionJson() {}

    static Json.Fields session(SessionSnapshot session) {
        Optional<TransferSnapshot> transfer = session.transfer();
        return Json.object()
                .put("id", session.id())
                .put("client", Values.address(session.client()))
                .put("listener", Values.address(session.listener()))
                .put("gatewayUser", session.proxyUser().map(ProxyUser::name))
                .put("user", session.user())
                .put("server", session.server().map(Values::address))
                .put("state", Values.word(session.phase()))
                .put("openedAt", Values.time(Instant.now().minus(session.age())))
                .put("ageSeconds", Values.seconds(session.age()))
                .put("idleSeconds", Values.seconds(session.idle()))
                .put("commands", session.commands())
                .put("transfers", session.transfers())
                .put("bytesToClient", session.bytesToClient())
                .put("bytesToServer", session.bytesToServer())
                .put("bytesPerSecond", rate(session))
                .put("clientTls", session.clientTls().isPresent())
                .put("serverTls", session.serverTls().isPresent())
                .put("command", session.command().map(FtpVerb::toString))
                .put("path", transfer.map(TransferSnapshot::path));
    }

    static double rate(SessionSnapshot session) {
        return session.transfer()
                .map(transfer -> Values.rate(transfer.bytesToClient() + transfer.bytesToServer(), transfer.age()))
                .orElse(0.0);
    }

    static Json.Fields transfer(SessionSnapshot session, TransferSnapshot transfer) {
        return Json.object()
                .put("session", session.id())
                .put("client", Values.address(session.client()))
                .put("user", session.user())
                .put("server", session.server().map(Values::address))
                .put("verb", transfer.verb().toString())
                .put("path", transfer.path())
                .put("direction", Values.direction(transfer.verb()))
                .put("seconds", Values.seconds(transfer.age()))
                .put("bytesToClient", transfer.bytesToClient())
                .put("bytesToServer", transfer.bytesToServer())
                .put("bytesPerSecond", rate(session));
    }

    static Json.Fields details(SessionSnapshot session, List<Json.Fields> finished) {
        return Json.object()
                .put("session", session(session))
                .put("clientSide", side(session.client(), session.clientTls()))
                .put("serverSide", session.server().map(server -> side(server, session.serverTls())))
                .put("transfer", session.transfer().map(transfer -> transfer(session, transfer)))
                .put("finished", finished);
    }

    private static Json.Fields side(InetSocketAddress address, Optional<TlsDetails> tls) {
        return Json.object().put("address", Values.address(address)).put("tls", tls.map(details -> Json.object()
                .put("protocol", details.protocol())
                .put("cipher", details.cipher())
                .put("resumed", details.resumed())
                .put("serverName", details.serverName())
                .put("peerSubject", details.peerSubject())));
    }
}
