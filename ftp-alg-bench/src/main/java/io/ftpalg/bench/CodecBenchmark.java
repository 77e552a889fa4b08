package io.ftpalg.bench;

import io.ftpalg.codec.FtpCommandDecoder;
import io.ftpalg.codec.FtpEncoder;
import io.ftpalg.codec.FtpReplyDecoder;
import io.ftpalg.policy.Limits;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read and to write one line of the control connection, the embedded channel's own cost included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    private final Limits limits = Limits.defaults();
    private final EmbeddedChannel commandDecoder =
            new EmbeddedChannel(new FtpCommandDecoder(limits.commandLine(), limits.telnetOptions(), true));
    private final EmbeddedChannel replyDecoder = new EmbeddedChannel(
            new FtpReplyDecoder(limits.replyLine(), limits.replyLines(), limits.replyBytes(), true));
    private final EmbeddedChannel encoder = new EmbeddedChannel(new FtpEncoder(true));
    private final ByteBuf commandLine = line("RETR pub/archive/a-file-of-some-length.tar.gz\r\n");
    private final ByteBuf replyLine = line("150 Opening BINARY mode data connection for file (123456789 bytes).\r\n");
    private final FtpCommand command = FtpCommand.of("RETR", "pub/archive/a-file-of-some-length.tar.gz");
    private final FtpReply reply = FtpReply.of(227, "Entering Passive Mode (127,0,0,1,195,203).");

    /** Reads a command. */
    @Benchmark
    public Object decodeCommand() {
        return decode(commandDecoder, commandLine);
    }

    /** Reads a reply. */
    @Benchmark
    public Object decodeReply() {
        return decode(replyDecoder, replyLine);
    }

    /** Writes a command. */
    @Benchmark
    public int encodeCommand() {
        return encode(command);
    }

    /** Writes a reply. */
    @Benchmark
    public int encodeReply() {
        return encode(reply);
    }

    /** Closes the channels. */
    @TearDown
    public void close() {
        commandDecoder.finishAndReleaseAll();
        replyDecoder.finishAndReleaseAll();
        encoder.finishAndReleaseAll();
    }

    private static Object decode(EmbeddedChannel channel, ByteBuf line) {
        channel.writeInbound(line.duplicate());
        return channel.<Object>readInbound();
    }

    private int encode(Object message) {
        encoder.writeOutbound(message);
        ByteBuf encoded = encoder.readOutbound();
        int size = encoded.readableBytes();
        encoded.release();
        return size;
    }

    /** A buffer that cannot be released, so that each run can read it again. */
    private static ByteBuf line(String text) {
        return Unpooled.unreleasableBuffer(
                Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
