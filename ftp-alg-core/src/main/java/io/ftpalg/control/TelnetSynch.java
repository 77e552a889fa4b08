package io.ftpalg.control;

import io.ftpalg.protocol.FtpCommand;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a command behind a Telnet Synch: {@code IAC IP}, then {@code IAC DM} with DM as TCP urgent data, then the command
 * (RFC 854, RFC 959 section 4.1.3). A server that is busy with a transfer looks at its control connection only then.
 *
 * <p>Where the transport has no way to send urgent data the same bytes go in the stream.
 */
final class TelnetSynch {
    private static final Logger logger = LoggerFactory.getLogger(TelnetSynch.class);

    private static final byte[] INTERRUPT_AND_IAC = {(byte) 0xFF, (byte) 0xF4, (byte) 0xFF};
    private static final int DATA_MARK = 0xF2;

    private TelnetSynch() {
    }

    /** Sends the command; must be called on the channel's loop. */
    static void send(Channel server, FtpCommand command) {
        server.writeAndFlush(Unpooled.wrappedBuffer(INTERRUPT_AND_IAC)).addListener(written -> {
            if (!written.isSuccess() || !sentUrgently(server)) {
                server.write(Unpooled.wrappedBuffer(new byte[] {(byte) DATA_MARK}));
            }
            server.writeAndFlush(command);
        });
    }

    private static boolean sentUrgently(Channel server) {
        if (server instanceof UrgentNioSocketChannel nio) {
            try {
                nio.sendUrgent(DATA_MARK);
                return true;
            } catch (IOException e) {
                logger.debug("{} takes no urgent data", server, e);
            }
        }
        return false;
    }
}
