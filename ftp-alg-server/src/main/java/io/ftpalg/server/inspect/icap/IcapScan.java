package io.ftpalg.server.inspect.icap;

import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.server.inspect.scan.Scan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The scan of one file by an ICAP service. Called on the transfer's event loop; each piece is copied and handed to the event loop of the
 * service, where all else is. The verdict on a piece is there when it is written, so that a service that does not read stops the sender.
 */
final class IcapScan implements Scan, IcapExchange.Outcome {
    private final IcapService service;
    private final InspectedTransfer transfer;
    private final String name;
    private final CompletableFuture<InspectionVerdict> outcome = new CompletableFuture<>();
    private @Nullable CompletableFuture<Optional<IcapExchange>> exchange;
    private @Nullable CompletableFuture<InspectionVerdict> pending;
    private @Nullable Future<?> timeout;
    private long sent;
    private volatile Result result = Result.UNFINISHED;
    private volatile String finding = "unfinished";

    /**
     * Makes one.
     *
     * @param name of what it finds out
     */
    IcapScan(IcapService service, InspectedTransfer transfer, String name) {
        this.service = service;
        this.transfer = transfer;
        this.name = name;
    }

    @Override
    public CompletionStage<InspectionVerdict> inspect(ByteBuffer piece) {
        if (outcome.isDone()) {
            return outcome;
        }
        ByteBuf copy =
                PooledByteBufAllocator.DEFAULT.directBuffer(piece.remaining()).writeBytes(piece);
        CompletableFuture<InspectionVerdict> verdict = new CompletableFuture<>();
        run(verdict, () -> send(copy, verdict), copy::release);
        return verdict;
    }

    @Override
    public CompletionStage<InspectionVerdict> end(long bytes) {
        if (bytes == 0 && !outcome.isDone()) {
            settle(Result.PASSED, "empty", InspectionVerdict.PASS);
        }
        if (!outcome.isDone()) {
            run(outcome, this::sendEnd, () -> {});
        }
        return outcome;
    }

    @Override
    public void cancel() {
        run(new CompletableFuture<>(), () -> settle(Result.UNFINISHED, finding, InspectionVerdict.PASS), () -> {});
    }

    @Override
    public Result result() {
        return result;
    }

    @Override
    public Map<String, String> findings() {
        return Map.of(name, finding);
    }

    private void run(CompletableFuture<InspectionVerdict> verdict, Runnable task, Runnable otherwise) {
        try {
            service.loop().execute(task);
        } catch (RejectedExecutionException e) {
            otherwise.run();
            verdict.completeExceptionally(e);
        }
    }

    private void send(ByteBuf piece, CompletableFuture<InspectionVerdict> verdict) {
        sent += piece.readableBytes();
        if (sent > service.settings().maxSize()) {
            failed("is sent no more than " + service.settings().maxSize() + " bytes of a file");
        }
        if (outcome.isDone()) {
            piece.release();
            verdict.complete(outcome.join());
            return;
        }
        pending = verdict;
        awaitNoLonger(verdict);
        CompletableFuture<Optional<IcapExchange>> begun = exchange;
        if (begun == null) {
            begun = service.begin(transfer, this);
            exchange = begun;
        }
        begun.whenComplete((started, failure) -> {
            if (started == null) {
                piece.release();
                failed(reason(failure));
            } else if (started.isEmpty()) {
                piece.release();
                settle(Result.PASSED, "ignored", InspectionVerdict.PASS);
            } else {
                started.get().send(piece, () -> verdict.complete(InspectionVerdict.PASS));
            }
        });
    }

    private void sendEnd() {
        if (exchange != null && !outcome.isDone()) {
            awaitNoLonger(outcome);
            exchange.thenAccept(started -> started.ifPresent(IcapExchange::end));
        }
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof IcapException ? String.valueOf(cause.getMessage()) : IcapPool.UNREACHABLE;
    }

    private void awaitNoLonger(CompletableFuture<InspectionVerdict> asked) {
        if (timeout != null) {
            timeout.cancel(false);
        }
        long millis = service.settings().timeout().toMillis();
        timeout = service.loop()
                .schedule(
                        () -> {
                            if (!asked.isDone()) {
                                failed("did not answer within " + millis + " ms");
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void passed() {
        settle(Result.PASSED, "ok", InspectionVerdict.PASS);
    }

    @Override
    public void rejected(String found, String reason) {
        settle(Result.REJECTED, found, InspectionVerdict.reject(reason));
    }

    @Override
    public void failed(String what) {
        if (!outcome.isDone()) {
            String reason = service.settings().url() + " " + what;
            InspectionVerdict verdict = service.settings().onFailure().verdict(reason);
            service.health().failed(verdict, reason);
            settle(Result.FAILED, "failed", verdict);
        }
    }

    /** Decides on the file, and gives up what is still on its way. */
    private void settle(Result came, String what, InspectionVerdict verdict) {
        if (outcome.isDone()) {
            return;
        }
        result = came;
        finding = what;
        if (timeout != null) {
            timeout.cancel(false);
        }
        outcome.complete(verdict);
        if (pending != null) {
            pending.complete(verdict);
        }
        CompletableFuture<Optional<IcapExchange>> begun = exchange;
        if (begun != null && !begun.cancel(false)) {
            begun.thenAccept(started -> started.ifPresent(IcapExchange::cancel));
        }
    }
}
