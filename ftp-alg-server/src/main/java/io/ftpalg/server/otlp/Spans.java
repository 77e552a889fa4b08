package io.ftpalg.server.otlp;

import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.server.log.Escape;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * The names and attributes of spans: those of OpenTelemetry's semantic conventions, and {@code ftp.} for what these do not have. Texts of
 * peers are escaped and cut as in the log. Stateless.
 */
final class Spans {

    private Spans() {}

    /** Returns the span of a session, without ids and times. */
    static Span.Builder session(SessionClosed event, InetSocketAddress listener) {
        Span.Builder span = Span.newBuilder().setName("ftp session").setKind(Span.SpanKind.SPAN_KIND_SERVER);
        add(span, "network.protocol.name", "ftp");
        add(span, "network.transport", "tcp");
        add(span, "network.type", event.client().getAddress() instanceof Inet6Address ? "ipv6" : "ipv4");
        address(span, "client", event.client());
        address(span, "network.local", listener);
        event.server().ifPresent(server -> address(span, "server", server));
        event.user().ifPresent(user -> add(span, "ftp.user", text(user)));
        add(span, "ftp.session", event.session());
        add(span, "ftp.commands", event.commands());
        add(span, "ftp.transfers", event.transfers());
        bytes(span, event.bytesToClient(), event.bytesToServer());
        add(span, "ftp.close.cause", word(event.cause()));
        if (isError(event.cause())) {
            error(span, word(event.cause()), event.detail());
        }
        return span;
    }

    /** Returns the span of a transfer, without ids and times. */
    static Span.Builder transfer(TransferFinished event) {
        Span.Builder span = Span.newBuilder().setName("ftp transfer").setKind(Span.SpanKind.SPAN_KIND_INTERNAL);
        add(span, "ftp.verb", event.verb().toString());
        add(span, "file.path", text(event.path()));
        event.user().ifPresent(user -> add(span, "ftp.user", text(user)));
        address(span, "client", event.clientAddress());
        address(span, "server", event.serverAddress());
        bytes(span, event.bytesToClient(), event.bytesToServer());
        add(span, "ftp.data.path", event.dataPath().map(Spans::word).orElse("none"));
        event.received().ifPresent(code -> add(span, "ftp.server.reply.code", code));
        event.sent().ifPresent(code -> add(span, "ftp.reply.code", code));
        add(span, "ftp.transfer.end", word(event.end()));
        if (isError(event)) {
            error(span, word(event.end()), "");
        }
        return span;
    }

    private static boolean isError(CloseCause cause) {
        return switch (cause) {
            case QUIT, CLIENT_LOST, IDLE, ENDED_BY_OPERATOR, SHUTDOWN -> false;
            default -> true;
        };
    }

    /** Of a transfer that the kernel carried, the reply may be all that is known. */
    private static boolean isError(TransferFinished event) {
        return event.end() == TransferEnd.UNOBSERVED
                ? event.sent().orElse(0) / 100 != 2
                : event.end() != TransferEnd.COMPLETE;
    }

    private static void error(Span.Builder span, String type, String detail) {
        add(span, "error.type", type);
        span.setStatus(
                Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage(text(detail)));
    }

    private static void bytes(Span.Builder span, long toClient, long toServer) {
        add(span, "ftp.bytes.to_client", toClient);
        add(span, "ftp.bytes.to_server", toServer);
    }

    private static void address(Span.Builder span, String name, InetSocketAddress address) {
        add(
                span,
                name + ".address",
                address.isUnresolved() ? text(address.getHostString()) : IpLiteral.format(address.getAddress()));
        add(span, name + ".port", address.getPort());
    }

    /** Returns an attribute. */
    static KeyValue attribute(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static void add(Span.Builder span, String name, String value) {
        span.addAttributes(attribute(name, value));
    }

    private static void add(Span.Builder span, String name, long value) {
        span.addAttributes(KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setIntValue(value)));
    }

    private static String text(String peer) {
        return Escape.line(peer.substring(0, Math.min(peer.length(), Escape.LONGEST)));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
