package io.ftpalg.server.inspect.icap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One file, sent to a service on one connection, and what the service replies. A file that comes back is compared with what was sent by
 * SHA-256, so that none of it is kept. On the event loop.
 *
 * <pre>
 *   PREVIEW --more than the preview--> ASKED --100--> SENDING --end--> SENT --204, or the same file--> OVER
 *      |                                 '--204--> OVER                 |
 *      '--end------------------------------------------------------> SENT
 * </pre>
 */
final class IcapExchange implements IcapReplies {
    private static final Pattern HTTP_STATUS = Pattern.compile("HTTP/[0-9.]{1,9} ([1-9][0-9]{2})(?: .*)?");
    private static final ByteBuf LAST = ascii("0\r\n\r\n");
    private static final ByteBuf LAST_OF_PREVIEW = ascii("0; ieof\r\n\r\n");

    /** Receives one of these, once. */
    interface Outcome {
        void passed();

        void rejected(String finding, String reason);

        void failed(String reason);
    }

    private enum State {
        /** Bytes are gathered for the preview. */
        PREVIEW,
        /** The preview is sent, and the file has more. */
        ASKED,
        SENDING,
        /** The file is sent to its end. */
        SENT,
        OVER
    }

    private final IcapPool pool;
    private final IcapRequest request;
    private final Outcome outcome;
    private final MessageDigest sentHash = sha256();
    private final MessageDigest returnedHash = sha256();
    private final ByteBuf gathered = PooledByteBufAllocator.DEFAULT.directBuffer(256);
    private IcapConnection connection;
    private State state;
    private boolean headSent;
    private boolean replied;
    private boolean keepsConnection;
    private boolean unmodified;
    private long sent;
    private long returned;
    /** What was sent first, until there is a reply: sent again if the service had closed an idle connection. */
    private @Nullable ByteBuf first;

    private Runnable written = () -> {};

    IcapExchange(IcapPool pool, IcapConnection connection, IcapRequest request, Outcome outcome) {
        this.pool = pool;
        this.connection = connection;
        this.request = request;
        this.outcome = outcome;
        this.state = request.preview().isPresent() ? State.PREVIEW : State.SENDING;
        connection.begin(this);
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer()
                .writeBytes(text.getBytes(StandardCharsets.US_ASCII))
                .asReadOnly());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Sends bytes, which it owns; the next ones come when they are written. */
    void send(ByteBuf piece, Runnable onWritten) {
        if (state != State.PREVIEW && state != State.SENDING) {
            piece.release();
            return;
        }
        sent += piece.readableBytes();
        sentHash.update(piece.nioBuffer());
        if (state == State.SENDING) {
            write(chunk(piece), onWritten);
            return;
        }
        gathered.writeBytes(piece);
        piece.release();
        int preview = request.preview().orElseThrow();
        if (gathered.readableBytes() <= preview) {
            onWritten.run();
            return;
        }
        state = State.ASKED;
        written = onWritten;
        writeFirst(gathered.readSlice(preview), LAST);
    }

    /** The file is over. */
    void end() {
        if (state == State.PREVIEW) {
            state = State.SENT;
            writeFirst(gathered.readSlice(gathered.readableBytes()), LAST_OF_PREVIEW);
        } else if (state == State.SENDING) {
            state = State.SENT;
            write(LAST.duplicate(), () -> {});
        }
    }

    /** Nothing more is sent, and nothing reported. */
    void cancel() {
        if (state != State.OVER) {
            over();
            connection.close();
        }
    }

    private void writeFirst(ByteBuf preview, ByteBuf last) {
        ByteBuf all = PooledByteBufAllocator.DEFAULT.directBuffer();
        ByteBufUtil.writeAscii(all, request.head());
        if (preview.isReadable()) {
            ByteBufUtil.writeAscii(all, Integer.toHexString(preview.readableBytes()) + "\r\n");
            all.writeBytes(preview);
            ByteBufUtil.writeAscii(all, "\r\n");
        }
        all.writeBytes(last.duplicate());
        headSent = true;
        first = all.retainedDuplicate();
        connection.send(all);
    }

    /** Without a preview the head goes with the first bytes. A write that fails closes the connection, which is reported. */
    private void write(ByteBuf bytes, Runnable onWritten) {
        ByteBuf all = bytes;
        if (!headSent) {
            headSent = true;
            ByteBuf head = Unpooled.copiedBuffer(request.head(), StandardCharsets.US_ASCII);
            all = composite(head, bytes);
        }
        IcapConnection to = connection;
        to.send(all).addListener(done -> {
            if (done.isSuccess()) {
                onWritten.run();
            } else if (state != State.OVER && to == connection) {
                onFailure("closed the connection");
            }
        });
    }

    private static ByteBuf chunk(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            return bytes;
        }
        ByteBuf size =
                Unpooled.copiedBuffer(Integer.toHexString(bytes.readableBytes()) + "\r\n", StandardCharsets.US_ASCII);
        return composite(size, bytes, Unpooled.copiedBuffer("\r\n", StandardCharsets.US_ASCII));
    }

    private static CompositeByteBuf composite(ByteBuf... parts) {
        return PooledByteBufAllocator.DEFAULT.compositeBuffer(parts.length).addComponents(true, parts);
    }

    @Override
    public void onHead(IcapHead head, Encapsulated follows) {
        replied = true;
        dropFirst();
        keepsConnection = head.keepsConnection();
        var found = IcapFinding.of(head);
        if (found.isPresent()) {
            rejected(found.get().name(), found.get().reason());
            return;
        }
        switch (head.code()) {
            case 100 -> proceed();
            case 204 -> {
                if (state == State.ASKED || state == State.SENT) {
                    unmodified = true;
                } else {
                    onFailure("replied 204 before the end of the file");
                }
            }
            case 200 -> {
                if (follows.kind() == Encapsulated.Kind.NOTHING) {
                    onFailure("replied 200 without an encapsulated header");
                }
            }
            default -> onFailure("replied " + head.code());
        }
    }

    private void proceed() {
        if (state != State.ASKED) {
            onFailure("replied 100 unasked");
            return;
        }
        state = State.SENDING;
        write(chunk(gathered.readRetainedSlice(gathered.readableBytes())), written);
    }

    @Override
    public void onHttp(Encapsulated.Kind kind, String startLine) {
        if (kind == Encapsulated.Kind.REQUEST && request.isOfRequest()) {
            return;
        }
        Matcher status = HTTP_STATUS.matcher(startLine);
        if (kind == Encapsulated.Kind.REQUEST || !status.matches()) {
            onFailure("replied with another HTTP message than it was asked for");
        } else if (request.isOfRequest() || status.group(1).charAt(0) != '2') {
            rejected("blocked", "blocked by the ICAP service, HTTP status " + status.group(1));
        }
    }

    /** A body that is longer than what was sent cannot be the same. */
    @Override
    public void onBody(ByteBuf piece) {
        returned += piece.readableBytes();
        if (returned > sent) {
            changed();
        } else {
            returnedHash.update(piece.nioBuffer());
        }
    }

    @Override
    public void onEnd() {
        if (unmodified) {
            passed();
        } else if (state == State.SENT
                && returned == sent
                && MessageDigest.isEqual(sentHash.digest(), returnedHash.digest())) {
            passed();
        } else {
            changed();
        }
    }

    private void changed() {
        rejected("changed", "changed by the ICAP service");
    }

    private void passed() {
        over();
        if (keepsConnection) {
            pool.release(connection);
        } else {
            connection.close();
        }
        outcome.passed();
    }

    private void rejected(String finding, String reason) {
        over();
        connection.close();
        outcome.rejected(finding, reason);
    }

    @Override
    public void onFailure(String reason) {
        if (state == State.OVER) {
            return;
        }
        connection.close();
        if (connection.reused() && !replied && first != null) {
            again(first.retainedDuplicate(), reason);
            return;
        }
        over();
        outcome.failed(reason);
    }

    /** The service closed a connection that was idle, when the request was on its way: a new one gets it again. */
    private void again(ByteBuf message, String reason) {
        pool.closeIdle();
        pool.acquire().whenComplete((fresh, failure) -> {
            if (state == State.OVER) {
                message.release();
                if (fresh != null) {
                    pool.release(fresh);
                }
            } else if (fresh == null) {
                message.release();
                over();
                outcome.failed(reason);
            } else {
                connection = fresh;
                fresh.begin(this);
                fresh.send(message);
            }
        });
    }

    private void over() {
        state = State.OVER;
        dropFirst();
        gathered.release();
    }

    private void dropFirst() {
        if (first != null) {
            first.release();
            first = null;
        }
    }
}
