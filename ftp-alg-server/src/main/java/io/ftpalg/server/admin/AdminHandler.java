package io.ftpalg.server.admin;

import io.ftpalg.server.admin.AdminAccess.Verdict;
import io.ftpalg.server.admin.AdminCaller.Proof;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the requests of one connection, asks their routes, and gives the responses to a {@link ResponseWriter}. On its event loop. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger logger = LoggerFactory.getLogger(AdminHandler.class);

    private final AdminEndpoint endpoint;
    private final AdminRoutes routes;
    private final ResponseWriter writer;

    AdminHandler(AdminEndpoint endpoint, AdminRoutes routes) {
        this.endpoint = endpoint;
        this.routes = routes;
        this.writer = new ResponseWriter(endpoint);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        super.channelActive(ctx);
        ctx.read();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (writer.isEnding()) {
            ctx.read();
            return;
        }
        if (request.decoderResult().isFailure()) {
            writer.last(ctx, undecodable(request.decoderResult().cause()));
            return;
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        Answer answer = answer(ctx, request);
        // A copy: the route's own may be shared, and is not to be completed by a timeout.
        CompletableFuture<AdminResponse> response =
                answer.response().toCompletableFuture().copy();
        if (answer.delayed()) {
            ctx.executor()
                    .schedule(
                            () -> respond(ctx, response, false),
                            AdminLimits.WRONG_TOKEN_DELAY.toMillis(),
                            TimeUnit.MILLISECONDS);
        } else {
            respond(ctx, response, keepAlive);
        }
    }

    /** What is to be sent, and whether the sender has to wait for it. */
    private record Answer(CompletionStage<AdminResponse> response, boolean delayed) {
        static Answer now(AdminResponse response) {
            return new Answer(CompletableFuture.completedStage(response), false);
        }
    }

    private void respond(ChannelHandlerContext ctx, CompletableFuture<AdminResponse> response, boolean keepAlive) {
        response.completeOnTimeout(
                        AdminResponse.error(504, "the gateway did not respond in time"),
                        AdminLimits.RESPONSE_TIME.toMillis(),
                        TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        logger.error("admin request failed", failure);
                    }
                    AdminResponse sent =
                            done == null ? AdminResponse.error(500, "internal error; the log has it") : done;
                    if (ctx.executor().inEventLoop()) {
                        writer.write(ctx, sent, keepAlive);
                    } else {
                        ctx.executor().execute(() -> writer.write(ctx, sent, keepAlive));
                    }
                });
    }

    private Answer answer(ChannelHandlerContext ctx, FullHttpRequest request) {
        Optional<AdminMethod> method = method(request.method());
        if (method.isEmpty()) {
            return Answer.now(AdminResponse.error(405, "the method is none of GET, HEAD, POST, PUT and DELETE"));
        }
        AdminAccess access = endpoint.access();
        Optional<AdminResponse> refusal = RequestRules.refusal(method.get(), request.headers(), access);
        if (refusal.isPresent()) {
            return Answer.now(refusal.get());
        }
        QueryStringDecoder uri = new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8);
        Optional<AdminRoutes.Match> match =
                RequestPath.parts(uri.rawPath()).map(parts -> routes.find(method.get(), parts));
        if (match.isEmpty()) {
            return Answer.now(AdminResponse.error(400, "the path is not valid"));
        }
        boolean open = match.get() instanceof AdminRoutes.Found found && found.open();
        Verdict verdict = open
                ? Verdict.ADMITTED
                : access.check(Optional.ofNullable(request.headers().get(HttpHeaderNames.AUTHORIZATION)));
        if (verdict != Verdict.ADMITTED) {
            return unauthorized(ctx, verdict);
        }
        if (match.get() instanceof AdminRoutes.WrongMethod wrong) {
            return Answer.now(AdminResponse.error(405, "the path has no such method")
                    .withHeader(
                            "allow", wrong.allowed().stream().map(Enum::name).collect(Collectors.joining(", "))));
        }
        if (!(match.get() instanceof AdminRoutes.Found route)) {
            return Answer.now(AdminResponse.error(404, "there is nothing at this path"));
        }
        AdminCaller caller = new AdminCaller(
                CallerName.of(ctx.channel()), open && access.token().isPresent() ? Proof.NONE : access.proof());
        return new Answer(handled(method.get(), uri, request, route, caller), false);
    }

    private Answer unauthorized(ChannelHandlerContext ctx, Verdict verdict) {
        if (verdict == Verdict.WRONG_TOKEN) {
            endpoint.wrongTokens()
                    .count(System.nanoTime())
                    .ifPresent(others -> logger.warn(
                            "admin request refused caller={} reason=wrong-token repeated={}",
                            CallerName.of(ctx.channel()),
                            others));
        }
        AdminResponse response = AdminResponse.error(
                        401,
                        verdict == Verdict.WRONG_TOKEN
                                ? "the token is wrong: use that of admin.token-file"
                                : "a token is needed: send Authorization: Bearer TOKEN, with that of admin.token-file")
                .withHeader("www-authenticate", "Basic realm=\"ftp-alg\", charset=\"UTF-8\"");
        return new Answer(CompletableFuture.completedStage(response), verdict == Verdict.WRONG_TOKEN);
    }

    private static CompletionStage<AdminResponse> handled(
            AdminMethod method,
            QueryStringDecoder uri,
            FullHttpRequest request,
            AdminRoutes.Found found,
            AdminCaller caller) {
        Map<String, List<String>> query;
        String body;
        try {
            query = uri.parameters();
            body = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(io.netty.buffer.ByteBufUtil.getBytes(request.content())))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return CompletableFuture.completedStage(
                    AdminResponse.error(400, "the query or the body is no UTF-8, or badly encoded"));
        }
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        headers.remove("authorization");
        try {
            return found.route()
                    .handle(new AdminRequest(method, uri.rawPath(), found.variables(), query, headers, body, caller));
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static Optional<AdminMethod> method(HttpMethod method) {
        if (method.equals(HttpMethod.HEAD)) {
            return Optional.of(AdminMethod.GET);
        }
        for (AdminMethod known : AdminMethod.values()) {
            if (known.name().equals(method.name())) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    private static AdminResponse undecodable(Throwable cause) {
        return cause instanceof RequestAggregator.BodyTooLongException
                ? AdminResponse.error(413, "the body is longer than " + AdminLimits.BODY + " bytes")
                : cause instanceof TooLongHttpHeaderException
                        ? AdminResponse.error(431, "the headers are longer than " + AdminLimits.HEADERS + " bytes")
                        : cause instanceof TooLongHttpLineException
                                ? AdminResponse.error(
                                        414, "the request line is longer than " + AdminLimits.REQUEST_LINE + " bytes")
                                : AdminResponse.error(400, "the request is no valid HTTP/1.1");
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        writer.onWritabilityChanged(ctx);
        super.channelWritabilityChanged(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        logger.debug("admin connection closed caller={}", CallerName.of(ctx.channel()), cause);
        ctx.close();
    }
}
