package io.ftpalg.control.channel;

import io.ftpalg.control.net.UrgentNioSocketChannel;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.system.SystemCalls;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a command behind a Telnet Synch: {@code IAC IP}, then {@code IAC DM} with DM as TCP urgent data, then the command
 * (RFC 854, RFC 959 section 4.1.3). A server that is busy with a transfer reads its control connection only then.
 *
 * <p>Netty cannot send urgent data. NIO can by the JDK, other transports by {@link SystemCalls}; where neither works the same
 * bytes go in the stream: since the gateway cuts the data connections of an aborted transfer too, servers notice all the same.
 */
public final class TelnetSynch {
    private static final Logger logger = LoggerFactory.getLogger(TelnetSynch.class);

    private static final byte[] INTERRUPT_AND_IAC = {(byte) 0xFF, (byte) 0xF4, (byte) 0xFF};
    private static final int DATA_MARK = 0xF2;

    private TelnetSynch() {}

    /** Sends the command; must be called on the channel's loop, on which the rest follows. */
    public static void send(Channel server, FtpCommand command, Optional<SystemCalls> calls) {
        server.writeAndFlush(Unpooled.wrappedBuffer(INTERRUPT_AND_IAC)).addListener(written -> {
            if (!sendsUrgent(server, calls)) {
                server.write(Unpooled.wrappedBuffer(new byte[] {(byte) DATA_MARK}));
            }
            server.writeAndFlush(command);
        });
    }

    private static boolean sendsUrgent(Channel server, Optional<SystemCalls> calls) {
        try {
            if (server instanceof UrgentNioSocketChannel nio) {
                nio.sendUrgent(DATA_MARK);
                return true;
            }
            if (server instanceof UnixChannel unix && server.isActive() && calls.isPresent()) {
                calls.get().sendUrgent(unix.fd().intValue(), DATA_MARK);
                return true;
            }
        } catch (IOException e) {
            logger.debug("{} takes no urgent data", server, e);
        }
        return false;
    }
}
