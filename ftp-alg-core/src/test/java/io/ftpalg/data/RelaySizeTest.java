package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.data.relay.RelayResult.End;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A transfer that no int can count. */
@Timeout(120)
class RelaySizeTest {
    private static final int PIECE = 1 << 20;
    private static final long SIZE = (5L << 30) + 4_321;

    /** What came or went: how much, and its checksum. */
    private record Content(long size, long checksum) {}

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SPLICE", "EPOLL"})
    void relaysMoreThanAnIntCanCountAndHoldsLittleOfIt(Kind kind) throws IOException {
        assumeTrue(Kind.available().contains(kind));
        try (DataFixture fixture = new DataFixture(kind);
                ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(DataFixture.LOCALHOST, 0));
            RecordingListener serverEars = new RecordingListener();
            DataLeg server = fixture.dial((InetSocketAddress) listener.getLocalAddress(), serverEars);
            RecordingListener clientEars = new RecordingListener();
            DataLeg client = fixture.listen(clientEars);
            SocketChannel reader = SocketChannel.open(clientEars.listening());
            clientEars.connected();
            serverEars.connected();
            CompletableFuture<RelayResult> result = new CompletableFuture<>();
            AtomicLong mostHeld = watchMemory(fixture);

            CompletableFuture<Boolean> allRead = new CompletableFuture<>();
            CompletableFuture<Content> sent = onAThread("sender", () -> send(listener.accept(), allRead));
            CompletableFuture<Content> got = onAThread("reader", () -> receive(reader, allRead));
            fixture.run(
                    () -> fixture.channels.relay(client, server, DataFixture.plan(Flow.DOWNLOAD), result::complete));
            Content whole = sent.orTimeout(100, TimeUnit.SECONDS).join();

            assertThat(whole.size()).isEqualTo(SIZE);
            assertThat(got.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(whole);
            assertThat(RecordingListener.soon(result)).isEqualTo(new RelayResult(End.COMPLETE, SIZE, 0));
            assertThat(mostHeld.get())
                    .isLessThanOrEqualTo(2L * DataFixture.plan(Flow.DOWNLOAD).buffer());
        }
    }

    private static AtomicLong watchMemory(DataFixture fixture) {
        AtomicLong most = new AtomicLong();
        fixture.run(() -> fixture.loop.scheduleAtFixedRate(
                () -> most.accumulateAndGet(fixture.channels.relayMemoryHeld(), Math::max),
                1,
                1,
                TimeUnit.MILLISECONDS));
        return most;
    }

    /**
     * Every piece differs, by its number. FIN comes last: once it is there Netty's epoll hands over all that the kernel has,
     * asked or not, and that is not the relay's to bound.
     */
    private static Content send(SocketChannel to, CompletableFuture<Boolean> allRead) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        try (to) {
            to.setOption(StandardSocketOptions.TCP_NODELAY, true);
            for (long sent = 0; sent < SIZE; sent += piece.capacity()) {
                piece.clear().limit((int) Math.min(PIECE, SIZE - sent));
                piece.putLong(0, sent);
                checksum.update(piece.duplicate());
                while (piece.hasRemaining()) {
                    to.write(piece);
                }
            }
            assertThat(allRead.orTimeout(100, TimeUnit.SECONDS).join()).isTrue();
        }
        return new Content(SIZE, checksum.getValue());
    }

    private static Content receive(SocketChannel from, CompletableFuture<Boolean> allRead) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        long got = 0;
        try (from) {
            while (from.read(piece.clear()) >= 0) {
                got += piece.flip().remaining();
                checksum.update(piece);
                if (got >= SIZE) {
                    allRead.complete(true);
                }
            }
        }
        return new Content(got, checksum.getValue());
    }

    /** Work of a peer that may fail. */
    private interface PeerWork {
        Content run() throws IOException;
    }

    private static CompletableFuture<Content> onAThread(String name, PeerWork work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> new Thread(task, name).start());
    }
}
