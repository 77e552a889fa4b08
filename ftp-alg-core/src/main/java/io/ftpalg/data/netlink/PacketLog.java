package io.ftpalg.data.netlink;

import io.netty.channel.ChannelException;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Receives the packets that rules log to one NFLOG group, each at once. Numbers are those of linux/netfilter/nfnetlink_log.h. Opened on
 * any thread, then on one event loop.
 */
public final class PacketLog implements EpollIoHandle {
    static final int SUBSYSTEM = 4;
    private static final int PACKET = 0;
    private static final int CONFIG = 1;
    private static final int CONFIG_COMMAND = 1;
    private static final int CONFIG_MODE = 2;
    private static final int CONFIG_THRESHOLD = 5;
    private static final int BIND = 1;
    private static final byte COPY_PACKET = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SNAPLEN_LIMIT = 0xFFFF;
    /** How many datagrams are read before others on the loop have their turn. */
    private static final int BURST = 64;

    /** Receiver of what is logged, on the loop. */
    public interface Receiver {
        void onPacket(LoggedPacket packet);

        /** The kernel had to discard packets, since they were not read in time. */
        void onOverflow();

        /** The log cannot be read any more. */
        void onFailure(IOException failure);
    }

    private final NetlinkSocket socket;
    private @Nullable Receiver receiver;
    private @Nullable IoRegistration registration;

    private PacketLog(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * Takes the group.
     *
     * @param buffer bytes of packets and their accounting that the kernel keeps until they are read
     * @throws NetlinkException with EPERM or EEXIST if another process has the group
     */
    public static PacketLog open(NetlinkSocket socket, int group, int buffer) throws IOException {
        enlarge(socket.socket(), buffer);
        config(socket, group).u8(CONFIG_COMMAND, BIND);
        socket.send();
        byte[] mode =
                ByteBuffer.allocate(6).putInt(SNAPLEN_LIMIT).put(COPY_PACKET).array();
        config(socket, group).bytes(CONFIG_MODE, mode).u32(CONFIG_THRESHOLD, 1);
        socket.send();
        return new PacketLog(socket);
    }

    private static void enlarge(Socket socket, int buffer) throws IOException {
        try {
            socket.setIntOpt(SOL_SOCKET, SO_RCVBUFFORCE, buffer);
        } catch (IOException | ChannelException e) {
            // As far as net.core.rmem_max allows, then.
            socket.setReceiveBufferSize(buffer);
        }
    }

    private static NetlinkWriter config(NetlinkSocket socket, int group) {
        return socket.request().message(SUBSYSTEM, CONFIG, 0, 0, group);
    }

    /** Begins to receive, on this loop from now on. */
    public void start(IoEventLoop loop, Receiver packets) {
        receiver = packets;
        loop.register(this).addListener(registering -> {
            if (registering.isSuccess()) {
                registration = (IoRegistration) registering.getNow();
                registration.submit(EpollIoOps.EPOLLIN);
            } else {
                packets.onFailure(new IOException("cannot watch the packet log", registering.cause()));
            }
        });
    }

    @Override
    public FileDescriptor fd() {
        return socket.socket();
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        readOnce();
    }

    /**
     * Reads what was logged until now, at most some thousand packets, without waiting for the loop to notice it; on the loop. Does nothing
     * once reading has failed.
     */
    public void readNow() {
        for (int i = 0; i < BURST; i++) {
            if (readOnce()) {
                return;
            }
        }
    }

    /** Returns whether there is no more. */
    private boolean readOnce() {
        Receiver packets = receiver;
        if (packets == null) {
            return true;
        }
        try {
            return read(packets);
        } catch (IOException e) {
            end();
            packets.onFailure(e);
            return true;
        }
    }

    private boolean read(Receiver packets) throws IOException {
        for (int i = 0; i < BURST; i++) {
            try {
                if (!socket.receive(message -> onMessage(message, packets))) {
                    return true;
                }
            } catch (NetlinkException e) {
                if (e.number() != Errno.ENOBUFS) {
                    throw e;
                }
                packets.onOverflow();
            }
        }
        return false;
    }

    private static void onMessage(NetlinkMessage message, Receiver packets) throws NetlinkException {
        if (message.type() == (SUBSYSTEM << 8 | PACKET)) {
            LoggedPacket.parse(message).ifPresent(packets::onPacket);
        }
    }

    /** Ends it, on the loop. */
    @Override
    public void close() {
        end();
        socket.close();
    }

    private void end() {
        IoRegistration watched = registration;
        registration = null;
        receiver = null;
        if (watched != null) {
            watched.cancel();
        }
    }
}
