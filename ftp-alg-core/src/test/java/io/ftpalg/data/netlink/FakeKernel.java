package io.ftpalg.data.netlink;

import com.sun.jna.Function;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;

/**
 * The other end of a netlink socket, which answers what a test has given it. It is a pair of sockets, so the answers to a request must
 * be there before it is sent; the sequence numbers of requests begin at 1.
 */
public final class FakeKernel implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final int LARGEST = 256 << 10;

    private final Socket kernel;
    private final Queue<Integer> ends = new ArrayDeque<>();

    public FakeKernel() throws IOException {
        Epoll.ensureAvailability();
        int[] pair = new int[2];
        if (Function.getFunction("c", "socketpair")
                        .invokeInt(new Object[] {AF_UNIX, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0, pair})
                != 0) {
            throw new IOException("socketpair failed");
        }
        ends.add(pair[0]);
        kernel = new Socket(pair[1]);
        kernel.setSendBufferSize(2 * LARGEST);
    }

    /** Returns the descriptor of a socket to it, once. */
    public int descriptor() {
        return ends.remove();
    }

    /** Returns a socket to it, once. */
    NetlinkSocket socket() throws IOException {
        return NetlinkSocket.open(protocol -> descriptor());
    }

    /** Answers with these bytes. */
    void answer(byte... datagram) throws IOException {
        ByteBuffer direct =
                ByteBuffer.allocateDirect(datagram.length).put(datagram).flip();
        if (kernel.write(direct, 0, datagram.length) != datagram.length) {
            throw new IOException("not written");
        }
    }

    /** Answers with a message. */
    void answer(int type, int flags, int sequence, String payload) throws IOException {
        answer(message(type, flags, sequence, payload));
    }

    /** Confirms the request, or refuses it with this number. */
    public void acknowledge(int sequence, int error) throws IOException {
        answer(NetlinkMessage.ERROR, 0x100, sequence, hex(-error) + "00".repeat(16));
    }

    /** Refuses the request with this number and a text. */
    void refuse(int sequence, int error, String text) throws IOException {
        byte[] bytes = (text + '\0').getBytes(StandardCharsets.US_ASCII);
        String padded = HexFormat.of().formatHex(bytes) + "00".repeat(-bytes.length & 3);
        String attribute = hex16(4 + bytes.length) + hex16(1) + padded;
        answer(NetlinkMessage.ERROR, 0x300, sequence, hex(-error) + "00".repeat(16) + attribute);
    }

    /** Returns the next request. */
    public String request() throws IOException {
        ByteBuffer direct = ByteBuffer.allocateDirect(LARGEST);
        int length = kernel.read(direct, 0, direct.capacity());
        byte[] bytes = new byte[Math.max(0, length)];
        direct.get(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] message(int type, int flags, int sequence, String payload) {
        byte[] content = HexFormat.of().parseHex(payload.replace(" ", ""));
        return ByteBuffer.allocate(16 + content.length)
                .order(ByteOrder.nativeOrder())
                .putInt(16 + content.length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(0)
                .put(content)
                .array();
    }

    private static String hex(int value) {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(4)
                        .order(ByteOrder.nativeOrder())
                        .putInt(value)
                        .array());
    }

    private static String hex16(int value) {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(2)
                        .order(ByteOrder.nativeOrder())
                        .putShort((short) value)
                        .array());
    }

    @Override
    public void close() throws IOException {
        kernel.close();
    }
}
