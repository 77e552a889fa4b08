package io.ftpalg.data.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.data.epoll.PersistentEpollRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PacketLogTest {
    private static final int PACKET = 0x400;
    private static final int BUFFER = 1 << 20;
    private static final String LOGGED = "02000015" + "0800 0100 0800 02 00" + "2c00 0900"
            + "45 00 0028 0000 4000 40 06 0000 0a4d0102 0a4d0202 0929a02f 00000001 00000000 5002 ffff 0000 0000";

    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, PersistentEpollRegistration.newFactory());
    private final Recorder recorder = new Recorder();
    private FakeKernel kernel;
    private NetlinkSocket socket;

    private static final class Recorder implements PacketLog.Receiver {
        private final List<LoggedPacket> packets = new CopyOnWriteArrayList<>();
        private final List<IOException> failures = new CopyOnWriteArrayList<>();

        @Override
        public void onPacket(LoggedPacket packet) {
            packets.add(packet);
        }

        @Override
        public void onOverflow() {}

        @Override
        public void onFailure(IOException failure) {
            failures.add(failure);
        }
    }

    @BeforeEach
    void open() throws IOException {
        kernel = new FakeKernel();
        socket = kernel.socket();
        kernel.acknowledge(1, 0);
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        kernel.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void takesTheGroupAndHasEachPacketSentAtOnce() throws IOException {
        kernel.acknowledge(2, 0);

        PacketLog.open(socket, 0x1234, BUFFER);

        assertThat(kernel.request())
                .isEqualTo("1c000000 0104 0500 01000000 00000000 00001234 0500 0100 01 000000".replace(" ", ""));
        assertThat(kernel.request())
                .isEqualTo(
                        "28000000 0104 0500 02000000 00000000 00001234 0a00 0200 0000ffff 02 00 0000 0800 0500 00000001"
                                .replace(" ", ""));
    }

    @Test
    void readsManyPacketsAndWhatIsNone() throws IOException {
        int many = 200;
        PacketLog log = opened();
        log.start(group.next(), recorder);

        for (int i = 0; i < many; i++) {
            kernel.answer(PACKET, 0, 0, LOGGED);
            kernel.answer(0x401, 0, 0, LOGGED);
            await().pollDelay(0, TimeUnit.MILLISECONDS).until(() -> !recorder.packets.isEmpty());
        }

        await().until(() -> recorder.packets.size() == many);
        assertThat(recorder.failures).isEmpty();
    }

    @Test
    void reportsAMalformedMessageOnceAndReadsNoMore() throws IOException {
        PacketLog log = opened();
        log.start(group.next(), recorder);

        kernel.answer(PACKET, 0, 0, "02000015 0300 0100");
        kernel.answer(PACKET, 0, 0, LOGGED);

        await().until(() -> recorder.failures.size() == 1);
        assertThat(recorder.failures.get(0)).hasMessageContaining("malformed");
        assertThat(recorder.packets).isEmpty();
    }

    @Test
    void reportsThatItsLoopDoesNotTakeIt() throws Exception {
        PacketLog log = opened();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();

        assertThatThrownBy(() -> log.start(group.next(), recorder))
                .isInstanceOf(java.util.concurrent.RejectedExecutionException.class);
    }

    @Test
    void closesItsSocket() throws IOException {
        PacketLog log = opened();
        log.start(group.next(), recorder);
        kernel.answer(PACKET, 0, 0, LOGGED);
        await().until(() -> recorder.packets.size() == 1);

        group.next().submit(log::close).syncUninterruptibly();
        log.close();

        assertThat(log.fd().isOpen()).isFalse();
    }

    private PacketLog opened() throws IOException {
        kernel.acknowledge(2, 0);
        return PacketLog.open(socket, 1, BUFFER);
    }
}
