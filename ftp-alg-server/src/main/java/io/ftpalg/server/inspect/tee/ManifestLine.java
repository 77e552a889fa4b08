package io.ftpalg.server.inspect.tee;

import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.Side;
import io.ftpalg.server.audit.record.AuditText;
import io.ftpalg.server.audit.record.JsonLine;
import io.ftpalg.server.json.Json;
import java.net.InetSocketAddress;

/** Lines of the manifest: what was copied, and how that ended; texts of peers as in the audit. Stateless. */
final class ManifestLine {
    private ManifestLine() {}

    /**
     * Returns the line of a file, without its end.
     *
     * @param kept whether the copy is still there
     * @param bytes how many bytes were copied
     * @param sha256 of these bytes
     */
    static String of(CopiedFile file, CopyOutcome outcome, boolean kept, long bytes, String sha256) {
        InspectedTransfer transfer = file.transfer();
        InetSocketAddress client = transfer.client();
        Json.Fields fields = Json.object()
                .put("time", JsonLine.time(file.began()))
                .put("session", transfer.session())
                .put(
                        "client_ip",
                        client.getAddress() == null
                                ? client.getHostString()
                                : client.getAddress().getHostAddress())
                .put("client_port", client.getPort())
                .put("proxy_user", transfer.proxyUser().map(ProxyUser::name).map(AuditText::ofPeer))
                .put("user", transfer.user().map(AuditText::ofPeer))
                .put("direction", transfer.sender() == Side.CLIENT ? "upload" : "download")
                .put("verb", transfer.command().verb().name())
                .put("directory", transfer.directory().map(AuditText::ofPeer))
                .put("path", AuditText.ofPeer(transfer.command().argument()));
        if (kept) {
            fields.put("copy", file.path());
        }
        return fields.put("bytes", bytes)
                .put("sha256", sha256)
                .put("outcome", outcome.kind().text())
                .put("reason", outcome.reason())
                .toString();
    }
}
