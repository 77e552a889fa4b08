package io.ftpalg.data.netlink;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One socket to netfilter in the kernel. The kernel answers a request within the system call that sends it, so what is not there
 * afterwards never comes, and nothing here waits. Owned by one thread at a time.
 */
public final class NetlinkSocket implements AutoCloseable {
    private static final int NETLINK_NETFILTER = 12;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    /** More than the kernel puts into one datagram (32 KiB, of a dump): one that fills it was cut off. */
    private static final int LARGEST_DATAGRAM = 128 << 10;

    private final Socket socket;
    private final NetlinkWriter writer = new NetlinkWriter();
    private final ByteBuffer input = ByteBuffer.allocateDirect(LARGEST_DATAGRAM).order(ByteOrder.nativeOrder());

    private NetlinkSocket(Socket socket) {
        this.socket = socket;
    }

    /** Opens one in the network namespace of the calling thread. */
    public static NetlinkSocket open(NetlinkOpener opener) throws IOException {
        if (!Epoll.isAvailable()) {
            throw new IOException("netlink needs Netty's native epoll transport", Epoll.unavailabilityCause());
        }
        NetlinkSocket opened = new NetlinkSocket(new Socket(opener.netlinkSocket(NETLINK_NETFILTER)));
        opened.askForTexts();
        return opened;
    }

    /** Has the kernel explain refusals, and not repeat the request with them; where it cannot, the numbers must do. */
    private void askForTexts() {
        try {
            socket.setIntOpt(SOL_NETLINK, NETLINK_CAP_ACK, 1);
            socket.setIntOpt(SOL_NETLINK, NETLINK_EXT_ACK, 1);
        } catch (IOException | ChannelException e) {
            // Linux before 4.12, which has no tables with an owner either.
        }
    }

    Socket socket() {
        return socket;
    }

    /** Returns the empty writer of the next request. */
    NetlinkWriter request() {
        return writer.clear();
    }

    /** Sends what was written, and returns when the kernel has carried it out. */
    void send() throws IOException {
        send(answer -> {});
    }

    /**
     * Sends what was written, and hands on what the kernel answers beside the confirmation.
     *
     * @throws NetlinkException if the kernel refuses any message of the request, with the first refusal
     */
    void send(NetlinkMessage.Receiver answers) throws IOException {
        write(writer.finish());
        Answers expected = new Answers(writer.first(), writer.confirmed(), answers);
        while (!expected.complete && receive(expected)) {
            // Each datagram that is read leaves fewer behind.
        }
        expected.check();
    }

    private void write(ByteBuffer datagram) throws IOException {
        int written = socket.write(datagram, datagram.position(), datagram.limit());
        if (written != datagram.limit()) {
            throw new NetlinkException(NetlinkException.NO_ANSWER, "netlink request not sent: the socket is full");
        }
    }

    /**
     * Reads one datagram, if one is there.
     *
     * @return false if there is none
     * @throws NetlinkException with ENOBUFS if the kernel had to discard messages for this socket
     */
    boolean receive(NetlinkMessage.Receiver messages) throws IOException {
        int length;
        try {
            length = socket.read(input, 0, input.capacity());
        } catch (NativeIoException e) {
            throw new NetlinkException(-e.expectedErr(), "netlink: " + Errno.name(-e.expectedErr()));
        }
        if (length <= 0) {
            return false;
        }
        if (length == input.capacity()) {
            throw NetlinkMessage.malformed("a datagram of " + length + " bytes or more");
        }
        NetlinkMessage.parse(input.clear().limit(length), messages);
        return true;
    }

    /** Closes the socket, whereby the kernel removes the tables that it owns. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The descriptor is gone whatever close returns.
        }
    }

    /** What comes for one request: refusals of single messages, the confirmation of one, and what was asked for. */
    private static final class Answers implements NetlinkMessage.Receiver {
        private final int first;
        private final int confirmed;
        private final NetlinkMessage.Receiver receiver;
        private @Nullable NetlinkException failure;
        private boolean complete;

        Answers(int first, int confirmed, NetlinkMessage.Receiver receiver) {
            this.first = first;
            this.confirmed = confirmed;
            this.receiver = receiver;
        }

        @Override
        public void accept(NetlinkMessage message) throws NetlinkException {
            if (message.sequence() - first < 0) {
                return; // of an earlier request that was given up
            }
            switch (message.type()) {
                case NetlinkMessage.ERROR -> onError(message);
                case NetlinkMessage.DONE -> complete = true;
                default -> receiver.accept(message);
            }
        }

        private void onError(NetlinkMessage message) throws NetlinkException {
            int number = message.error();
            if (number != 0 && failure == null) {
                String text = message.errorText();
                failure = new NetlinkException(number, Errno.name(number) + (text.isEmpty() ? "" : ": " + text));
            }
            complete |= message.sequence() == confirmed;
        }

        void check() throws NetlinkException {
            if (failure != null) {
                throw failure;
            }
            if (!complete) {
                throw new NetlinkException(NetlinkException.NO_ANSWER, "the kernel did not answer a netlink request");
            }
        }
    }
}
