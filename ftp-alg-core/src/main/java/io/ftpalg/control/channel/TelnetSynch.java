package io.ftpalg.control.channel;

import io.ftpalg.control.net.UrgentByte;
import io.ftpalg.control.net.UrgentNioSocketChannel;
import io.ftpalg.control.net.UrgentRing;
import io.ftpalg.protocol.FtpCommand;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a command behind a Telnet Synch: {@code IAC IP}, then {@code IAC DM} with DM as TCP urgent data, then the command
 * (RFC 854, RFC 959 section 4.1.3). A server that is busy with a transfer reads its control connection only then.
 *
 * <p>Netty cannot send urgent data. NIO can by the JDK, other transports by {@link UrgentByte} or {@link UrgentRing}; where
 * none of these works the same bytes go in the stream: since the gateway cuts the data connections of an aborted transfer
 * too, servers notice all the same.
 */
public final class TelnetSynch {
    private static final Logger logger = LoggerFactory.getLogger(TelnetSynch.class);

    private static final byte[] INTERRUPT_AND_IAC = {(byte) 0xFF, (byte) 0xF4, (byte) 0xFF};
    private static final int DATA_MARK = 0xF2;

    private TelnetSynch() {}

    /** Sends the command; must be called on the channel's loop, on which the rest follows. */
    public static void send(Channel server, FtpCommand command, Optional<UrgentRing> ring) {
        server.writeAndFlush(Unpooled.wrappedBuffer(INTERRUPT_AND_IAC)).addListener(written -> {
            Promise<Boolean> urgent = server.eventLoop().newPromise();
            urgent.addListener((FutureListener<Boolean>) sent -> finish(server, command, sent.getNow()));
            sendMark(server, urgent, ring);
        });
    }

    private static void finish(Channel server, FtpCommand command, boolean marked) {
        if (!marked) {
            server.write(Unpooled.wrappedBuffer(new byte[] {(byte) DATA_MARK}));
        }
        server.writeAndFlush(command);
    }

    private static void sendMark(Channel server, Promise<Boolean> done, Optional<UrgentRing> ring) {
        if (server instanceof UrgentNioSocketChannel nio) {
            done.setSuccess(sentByJava(nio));
        } else if (server instanceof UnixChannel unix && server.isActive()) {
            int descriptor = unix.fd().intValue();
            if (UrgentByte.send(descriptor, DATA_MARK)) {
                done.setSuccess(true);
            } else if (ring.isPresent()) {
                ring.get().send(descriptor, DATA_MARK, done);
            } else {
                done.setSuccess(false);
            }
        } else {
            done.setSuccess(false);
        }
    }

    private static boolean sentByJava(UrgentNioSocketChannel server) {
        try {
            server.sendUrgent(DATA_MARK);
            return true;
        } catch (IOException e) {
            logger.debug("{} takes no urgent data", server, e);
            return false;
        }
    }
}
