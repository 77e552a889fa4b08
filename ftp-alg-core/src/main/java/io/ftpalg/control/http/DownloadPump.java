package io.ftpalg.control.http;

import io.ftpalg.http.HttpConversation;
import io.ftpalg.http.ListingBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Passes what comes on the session's data connection on as the body of the response, a piece later than it comes: the last piece waits
 * until the server has confirmed the transfer. A client that does not read stops the server's data. On their loop.
 */
final class DownloadPump extends ChannelInboundHandlerAdapter {
    private final SocketChannel data;
    private final HttpResponder responder;
    private final OptionalLong length;
    private final OptionalLong most;
    private final Optional<ListingBody> list;
    private final HttpConversation conversation;
    private final Room room = new Room();
    private @Nullable ByteBuf held;
    private long received;
    private boolean ended;
    private boolean confirmed;
    private boolean over;

    /**
     * Makes it.
     *
     * @param length how many bytes the response has promised, if it has
     * @param most how many bytes are wanted, if not all
     */
    DownloadPump(
            SocketChannel data,
            HttpResponder responder,
            OptionalLong length,
            OptionalLong most,
            Optional<ListingBody> list,
            HttpConversation conversation) {
        this.data = data;
        this.responder = responder;
        this.length = length;
        this.most = most;
        this.list = list;
        this.conversation = conversation;
    }

    void start() {
        data.pipeline().addLast(this);
        responder.channel().pipeline().addLast(room);
        pull();
    }

    /** Leaves the client's connection, when the response is over. */
    void remove() {
        responder.channel().pipeline().remove(room);
    }

    /** Reads on, if the client does. */
    private void pull() {
        if (!over && !ended && responder.channel().isWritable()) {
            data.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (over || ended) {
            ReferenceCountUtil.release(message);
            return;
        }
        ByteBuf piece = (ByteBuf) message;
        long left = most.orElse(Long.MAX_VALUE) - received;
        received += piece.readableBytes();
        if (piece.readableBytes() >= left) {
            pass(piece.readSlice((int) left).retain());
            piece.release();
            ended = true;
            conversation.onEnough();
        } else if (most.isEmpty() && received > length.orElse(Long.MAX_VALUE)) {
            // The file has grown: what was promised is not the file.
            piece.release();
            discard();
            conversation.onSessionEnded();
        } else {
            pass(piece);
        }
    }

    private void pass(ByteBuf piece) {
        if (held != null) {
            responder.write(held);
        }
        held = piece;
        if (list.isPresent()) {
            held = Unpooled.wrappedBuffer(list.get().append(ByteBufUtil.getBytes(piece)));
            piece.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        responder.flush();
        pull();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ended = true;
            endIfWhole();
        }
    }

    /** The server has confirmed the transfer. */
    void confirm() {
        confirmed = true;
        endIfWhole();
    }

    private void endIfWhole() {
        if (!ended || !confirmed || over) {
            return;
        }
        if (most.isEmpty() && length.isPresent() && received != length.getAsLong()) {
            discard();
            responder.cut();
            return;
        }
        over = true;
        if (held != null) {
            responder.write(held);
            held = null;
        }
        list.ifPresent(body -> responder.write(Unpooled.wrappedBuffer(body.end())));
        responder.end();
    }

    /** A reset is reported by the session too; nothing more comes. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!ended && confirmed) {
            responder.cut();
        }
        if (!over) {
            discard();
        }
    }

    private void discard() {
        over = true;
        if (held != null) {
            held.release();
            held = null;
        }
    }

    /** Reads on when the client has read. */
    private final class Room extends ChannelInboundHandlerAdapter {
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            pull();
            ctx.fireChannelWritabilityChanged();
        }
    }
}
