package io.ftpalg.data.port;

import io.ftpalg.protocol.PortRange;
import io.netty.channel.unix.Errors.NativeIoException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds a free port of a range by trying: deals candidates at random (RFC 2577 section 8), and reports of a failure whether
 * the next candidate may do better. Stateless.
 *
 * <p>There is no list of free ports: only {@code bind} shows which are, and with {@code SO_REUSEADDR} only
 * {@code connect}, since one port may have a connection to each peer, and one that lingers in TIME_WAIT counts.
 */
public final class FreePorts {
    /** How many ports are tried before the range counts as exhausted. */
    static final int CANDIDATES = 16;

    /** The ports from which Linux connects by default. */
    static final PortRange EPHEMERAL = new PortRange(32_768, 60_999);

    /** EADDRINUSE and EADDRNOTAVAIL of Linux, then of BSD: Netty has the number of a failed connect in its message only. */
    private static final Pattern TAKEN = Pattern.compile("error\\(-(98|99|48|49)\\)");

    private FreePorts() {}

    /** Returns the local ends to try in this order: ports of the range at this address. */
    public static Iterator<InetSocketAddress> candidates(InetAddress address, PortRange range) {
        return candidates(range, new SecureRandom())
                .mapToObj(port -> new InetSocketAddress(address, port))
                .iterator();
    }

    /**
     * Returns the local ends to try in this order where the port does not matter but bind must name one that connections to
     * other peers may share (by SO_REUSEADDR); any that is free for all peers comes last.
     */
    public static Iterator<InetSocketAddress> anyPort(InetAddress address) {
        return IntStream.concat(candidates(EPHEMERAL, new SecureRandom()).map(port -> port | 1), IntStream.of(0))
                .mapToObj(port -> new InetSocketAddress(address, port))
                .iterator();
    }

    static IntStream candidates(PortRange range, Random random) {
        return random.ints(range.first(), range.last() + 1).distinct().limit(Math.min(CANDIDATES, range.size()));
    }

    /** Returns whether a bind or connect failed for the local port, which is taken, or taken towards this peer. */
    public static boolean isTaken(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean addressed = cause instanceof NativeIoException || cause instanceof ConnectException;
            if (cause instanceof BindException
                    || addressed
                            && TAKEN.matcher(String.valueOf(cause.getMessage())).find()) {
                return true;
            }
        }
        return false;
    }
}
