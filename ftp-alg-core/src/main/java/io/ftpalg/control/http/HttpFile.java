package io.ftpalg.control.http;

import io.ftpalg.codec.FtpDecoderLimits;
import io.ftpalg.codec.FtpEncoder;
import io.ftpalg.codec.FtpReplyAggregator;
import io.ftpalg.codec.FtpReplyDecoder;
import io.ftpalg.control.net.InProcessChannel;
import io.ftpalg.control.shared.TunnelReceiver;
import io.ftpalg.data.DataChannels;
import io.ftpalg.http.FileRequest;
import io.ftpalg.http.HttpActions;
import io.ftpalg.http.HttpConversation;
import io.ftpalg.http.ListingBody;
import io.ftpalg.http.ResponseHead;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.DataSyntaxException;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.TelnetMode;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request for a file or directory that is carried out: the actions of an {@link HttpConversation} on the client side of a session's
 * connections, whose ends are both in this process, and on the connection of the HTTP client. Owned by that, on its loop.
 */
public final class HttpFile implements HttpActions {
    private final SocketChannel http;
    private final InetSocketAddress client;
    private final OwnSession session;
    private final HttpConversation conversation;
    private final HttpResponder responder;
    private final @Nullable UploadPump body;
    private final InProcessChannel control;
    private final ChannelFutureListener onClosed = closed -> onClosed();
    private OptionalInt dataPort = OptionalInt.empty();
    private @Nullable InProcessChannel data;
    private @Nullable DownloadPump download;

    /**
     * Makes it, for a client that was counted in.
     *
     * @param http the client's connection, behind whose encoder and decoder nothing is left of the request but its body
     * @param client the client's address
     * @param body what has the body of the request, if it has one
     * @param responder sends the response
     */
    public HttpFile(
            SocketChannel http,
            InetSocketAddress client,
            FileRequest request,
            @Nullable UploadPump body,
            HttpResponder responder,
            OwnSession session) {
        this.http = http;
        this.client = client;
        this.session = session;
        this.body = body;
        this.responder = responder;
        this.conversation = new HttpConversation(request, session.anonymousPassword(), this);
        this.control = InProcessChannel.connect(client, http.localAddress());
    }

    /** Starts the session, and with it everything. */
    public void start(TelnetMode telnet) {
        control.pipeline()
                .addLast(new FtpReplyDecoder(FtpDecoderLimits.DEFAULT, telnet))
                .addLast(new FtpReplyAggregator())
                .addLast(new FtpEncoder(telnet))
                .addLast(new Replies());
        http.eventLoop().register(control);
        http.eventLoop().register(control.other());
        session.open(control.other());
        http.closeFuture().addListener(onClosed);
        responder.whenSent(this::onSent);
    }

    /**
     * The next request waits for the end of this one's session, so that a client has one session at a time; not for long, since
     * its server need not reply to a QUIT.
     */
    private void onSent() {
        var late = http.eventLoop()
                .schedule(() -> control.close(), responder.limits().closeGrace().toNanos(), TimeUnit.NANOSECONDS);
        control.other().closeFuture().addListener(closed -> {
            late.cancel(false);
            if (data != null) {
                data.close();
            }
            if (download != null) {
                download.remove();
            }
            http.closeFuture().removeListener(onClosed);
            responder.connection().next();
        });
    }

    /** A loop that has ended runs no close any more. */
    private void onClosed() {
        if (!http.eventLoop().isShutdown()) {
            leave();
        } else {
            control.unsafe().closeForcibly();
        }
    }

    /** What the session sends to its client. */
    private final class Replies extends SimpleChannelInboundHandler<FtpReply> {
        private Replies() {
            super(FtpReply.class);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FtpReply reply) {
            dataPort = port(reply);
            conversation.onReply(reply);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                ctx.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            conversation.onSessionEnded();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    private OptionalInt port(FtpReply reply) {
        try {
            return switch (reply.code()) {
                case 227 ->
                    OptionalInt.of(DataSyntax.PASV
                            .parse(reply.text(), client.getAddress())
                            .getPort());
                case 229 ->
                    OptionalInt.of(DataSyntax.EPSV
                            .parse(reply.text(), client.getAddress())
                            .getPort());
                default -> OptionalInt.empty();
            };
        } catch (DataSyntaxException e) {
            return OptionalInt.empty();
        }
    }

    // ---- actions: the session

    @Override
    public void send(FtpCommand command) {
        control.writeAndFlush(command, control.voidPromise());
    }

    @Override
    public void connectData() {
        dropData();
        Optional<TunnelReceiver> receiver =
                dataPort.isEmpty() ? Optional.empty() : session.dataConnection(dataPort.getAsInt());
        if (receiver.isEmpty()) {
            // The session has given it up again, and says why.
            return;
        }
        InProcessChannel own = InProcessChannel.connect(client, http.localAddress());
        data = own;
        own.config().setAutoRead(false).setAllowHalfClosure(true);
        DataChannels.prepare(own.other());
        http.eventLoop().register(own);
        http.eventLoop().register(own.other());
        receiver.get().arrived(own.other());
    }

    private void dropData() {
        if (data != null) {
            data.abort();
            data = null;
        }
    }

    @Override
    public void leave() {
        dropData();
        control.close();
    }

    // ---- actions: the response

    @Override
    public void respond(ResponseHead head, String text) {
        stopBody();
        dropData();
        responder.respond(head, text);
    }

    private void stopBody() {
        if (body != null) {
            body.stop();
        }
    }

    @Override
    public void download(ResponseHead head, OptionalLong most, Optional<ListingBody> list) {
        if (data == null) {
            conversation.onSessionEnded();
            return;
        }
        responder.begin(head);
        download = new DownloadPump(data, responder, head.length(), most, list, conversation);
        download.start();
    }

    @Override
    public void complete() {
        if (download != null) {
            download.confirm();
        }
    }

    @Override
    public void cut() {
        responder.cut();
    }

    @Override
    public void upload() {
        if (body != null && data != null) {
            responder.mayContinue();
            body.start(data, conversation);
        }
    }
}
