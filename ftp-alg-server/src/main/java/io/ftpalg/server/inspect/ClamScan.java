package io.ftpalg.server.inspect;

import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.server.inspect.scan.Printable;
import io.ftpalg.server.inspect.scan.Scan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The scan of one file by clamd's INSTREAM: each piece is sent as a chunk, whose verdict is there when it is written, so that a scanner
 * that does not read stops the sender. Called on the transfer's event loop, and by its connection on that of the {@link ClamClient};
 * guarded by its own lock.
 */
final class ClamScan implements Scan, ClamReply.Listener {
    private static final byte[] COMMAND = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern FOUND = Pattern.compile("stream: (.+) FOUND");

    private final ClamClient clamd;
    private final CompletableFuture<InspectionVerdict> outcome = new CompletableFuture<>();
    private @Nullable CompletableFuture<Channel> connection;
    private @Nullable CompletableFuture<InspectionVerdict> pending;
    private @Nullable Future<?> timeout;
    private boolean ended;
    private long sent;
    private Result result = Result.UNFINISHED;
    private String finding = "unfinished";

    ClamScan(ClamClient clamd) {
        this.clamd = clamd;
    }

    @Override
    public synchronized CompletionStage<InspectionVerdict> inspect(ByteBuffer piece) {
        if (outcome.isDone()) {
            return outcome;
        }
        sent += piece.remaining();
        if (sent > clamd.settings().maxSize()) {
            failed("larger than the " + clamd.settings().maxSize() + " bytes that clamd scans");
            return outcome;
        }
        ByteBuf chunk = PooledByteBufAllocator.DEFAULT.directBuffer(COMMAND.length + Integer.BYTES + piece.remaining());
        if (connection == null) {
            connection = clamd.connect(this);
            chunk.writeBytes(COMMAND);
        }
        chunk.writeInt(piece.remaining()).writeBytes(piece);
        CompletableFuture<InspectionVerdict> written = new CompletableFuture<>();
        pending = written;
        send(connection, chunk, written);
        awaitNoLonger();
        return written;
    }

    @Override
    public synchronized CompletionStage<InspectionVerdict> end(long bytes) {
        if (!outcome.isDone() && connection != null) {
            ended = true;
            send(connection, Unpooled.buffer(Integer.BYTES).writeInt(0), new CompletableFuture<>());
            awaitNoLonger();
        } else if (!outcome.isDone()) {
            settle(Result.PASSED, "empty", InspectionVerdict.PASS);
        }
        return outcome;
    }

    private void send(
            CompletableFuture<Channel> connected, ByteBuf chunk, CompletableFuture<InspectionVerdict> written) {
        connected.whenComplete((channel, failure) -> {
            if (failure != null) {
                chunk.release();
                failed("cannot connect to clamd");
                return;
            }
            channel.writeAndFlush(chunk).addListener(done -> {
                if (done.isSuccess()) {
                    written.complete(InspectionVerdict.PASS);
                } else {
                    failed("clamd closed the connection");
                }
            });
        });
    }

    private void awaitNoLonger() {
        if (timeout != null) {
            timeout.cancel(false);
        }
        long millis = clamd.settings().timeout().toMillis();
        CompletableFuture<InspectionVerdict> asked = ended ? outcome : pending;
        timeout = clamd.loop()
                .schedule(
                        () -> {
                            if (asked != null && !asked.isDone()) {
                                failed("clamd did not answer within " + millis + " ms");
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void replied(String text) {
        Matcher found = FOUND.matcher(text);
        if (found.matches()) {
            String signature = Printable.of(found.group(1));
            settle(Result.REJECTED, signature, InspectionVerdict.reject("virus " + signature));
        } else if (text.equals("stream: OK") && ended) {
            settle(Result.PASSED, "ok", InspectionVerdict.PASS);
        } else {
            failed("clamd replied: " + Printable.of(text));
        }
    }

    /** The file is not scanned to its end. */
    @Override
    public synchronized void failed(String reason) {
        if (outcome.isDone()) {
            return;
        }
        InspectionVerdict verdict = clamd.settings().onFailure().verdict(reason);
        clamd.health().failed(verdict, reason);
        settle(Result.FAILED, "failed", verdict);
    }

    private void settle(Result came, String what, InspectionVerdict verdict) {
        if (outcome.isDone()) {
            return;
        }
        result = came;
        finding = what;
        outcome.complete(verdict);
        if (pending != null) {
            pending.complete(verdict);
        }
        close();
    }

    @Override
    public synchronized void cancel() {
        outcome.complete(InspectionVerdict.PASS);
        close();
    }

    private void close() {
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (connection != null && !connection.cancel(false)) {
            connection.thenAccept(Channel::close);
        }
    }

    @Override
    public synchronized Result result() {
        return result;
    }

    @Override
    public synchronized Map<String, String> findings() {
        return Map.of("clamav", finding);
    }
}
