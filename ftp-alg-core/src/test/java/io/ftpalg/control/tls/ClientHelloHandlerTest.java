package io.ftpalg.control.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.control.TlsKind;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NettyLeakDetectorExtension.class)
class ClientHelloHandlerTest {
    private final SslContext context = TlsKind.jdk().forClients();
    private final List<Optional<String>> asked = new ArrayList<>();
    private final List<Optional<String>> found = new ArrayList<>();
    private CompletionStage<SslContext> answer = CompletableFuture.completedFuture(context);
    private final ClientHelloHandler handler = new ClientHelloHandler(
            name -> {
                asked.add(name);
                return answer;
            },
            (chosen, name) -> {
                assertThat(chosen).isSameAs(context);
                found.add(name);
            });
    private final EmbeddedChannel channel = new EmbeddedChannel(handler);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10_000})
    void asksByTheNameInTheHelloHoweverItIsCut(int segment) throws SSLException {
        byte[] hello = ClientHelloTest.hello(TlsKind.NAME, "TLSv1.3", "ftp");

        for (int i = 0; i < hello.length; i += segment) {
            channel.writeInbound(Unpooled.copiedBuffer(hello, i, Math.min(segment, hello.length - i)));
        }

        assertThat(asked).containsExactly(Optional.of(TlsKind.NAME));
        assertThat(found).containsExactly(Optional.of(TlsKind.NAME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp", "ftp-data", "x-filezilla-ftp"})
    void knowsTheNamesOfFtp(String protocol) throws SSLException {
        say(ClientHelloTest.hello(TlsKind.NAME, "TLSv1.2", "h2", protocol));

        assertThat(found).hasSize(1);
    }

    /** A browser that was tricked into coming here (ALPACA). */
    @Test
    void refusesAClientOfOtherProtocolsOnly() throws SSLException {
        assertRefused(
                ClientHelloTest.hello(TlsKind.NAME, "TLSv1.3", "h2", "http/1.1"),
                "requests other protocols than FTP",
                "15030300020278");
        assertThat(asked).isEmpty();
    }

    @Test
    void refusesANameWithoutCertificate() throws SSLException {
        answer = CompletableFuture.failedStage(new IllegalArgumentException("made by a test"));

        assertRefused(ClientHelloTest.hello(TlsKind.NAME, "TLSv1.3"), TlsKind.NAME, "15030300020270");
    }

    @Test
    @SuppressWarnings("NullAway") // What a careless embedder does.
    void refusesANameWhoseContextIsNull() throws SSLException {
        answer = CompletableFuture.completedFuture(null);

        assertRefused(ClientHelloTest.hello(TlsKind.NAME, "TLSv1.3"), TlsKind.NAME, "15030300020270");
    }

    @Test
    void refusesANameWhereTheChoiceFails() throws SSLException {
        EmbeddedChannel failing = new EmbeddedChannel(new ClientHelloHandler(
                name -> {
                    throw new IllegalStateException("made by a test");
                },
                (chosen, name) -> found.add(name)));

        assertThatThrownBy(() ->
                        failing.writeInbound(Unpooled.wrappedBuffer(ClientHelloTest.hello(TlsKind.NAME, "TLSv1.3"))))
                .hasCauseInstanceOf(SSLException.class)
                .hasRootCauseMessage("made by a test");

        failing.finishAndReleaseAll();
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER root\r\n", "\u0016\u0003\u0003\u0000\u0004\u0002\u0000\u0000\u0000"})
    void refusesWhatIsNoHello(String bytes) {
        assertRefused(bytes.getBytes(ISO_8859_1), "no TLS ClientHello", "1503030002020a");
        assertThat(asked).isEmpty();
    }

    private void assertRefused(byte[] bytes, String reason, String alert) {
        assertThatThrownBy(() -> say(bytes))
                .hasCauseInstanceOf(SSLException.class)
                .hasMessageContaining(reason);
        assertThat(sent()).isEqualTo(alert);

        say(bytes);

        assertThat(sent()).as("asked once").isEmpty();
        assertThat(found).isEmpty();
    }

    @Test
    void takesAnAnswerThatComesLater() throws SSLException {
        CompletableFuture<SslContext> late = new CompletableFuture<>();
        answer = late;
        say(ClientHelloTest.hello(TlsKind.NAME, "TLSv1.3"));
        assertThat(found).isEmpty();

        late.complete(context);
        channel.runPendingTasks();

        assertThat(found).containsExactly(Optional.of(TlsKind.NAME));
    }

    @Test
    void dropsAnAnswerThatComesWhenTheClientIsGone() throws SSLException {
        CompletableFuture<SslContext> late = new CompletableFuture<>();
        answer = late;
        say(ClientHelloTest.hello(TlsKind.NAME, "TLSv1.3"));
        channel.close();

        late.complete(context);
        channel.runPendingTasks();

        assertThat(found).isEmpty();
        channel.checkException();
    }

    /** What is made for nobody must be skipped, or clients that leave at once keep others waiting. */
    @ParameterizedTest
    @EnumSource
    void cancelsTheChoiceOfAClientThatLeaves(Leaving leaving) throws SSLException {
        CompletableFuture<SslContext> late = new CompletableFuture<>();
        answer = late;
        say(ClientHelloTest.hello(TlsKind.NAME, "TLSv1.3"));

        switch (leaving) {
            case CLOSES -> channel.close();
            case ENDS_ITS_INPUT -> channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            case IS_REMOVED -> channel.pipeline().remove(handler);
        }
        channel.runPendingTasks();

        assertThat(late).isCancelled();
        assertThat(asked).as("asked once").hasSize(1);
        assertThat(found).isEmpty();
        assertThat(sent()).isEmpty();
        channel.checkException();
    }

    private enum Leaving {
        CLOSES,
        ENDS_ITS_INPUT,
        IS_REMOVED
    }

    /** Without a read the end of the connection is not noticed, and without an end of the reads the client fills the memory. */
    @Test
    void readsUntilSomethingComesWhileItWaits() throws SSLException {
        CompletableFuture<SslContext> late = new CompletableFuture<>();
        answer = late;
        AtomicInteger reads = new AtomicInteger();
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void read(ChannelHandlerContext ctx) {
                reads.incrementAndGet();
            }
        });
        say(ClientHelloTest.hello(TlsKind.NAME, "TLSv1.3"));
        channel.pipeline().read();
        assertThat(reads).as("while nothing comes").hasPositiveValue();

        say(new byte[] {0x14});
        reads.set(0);
        channel.pipeline().read();
        assertThat(reads).as("while a byte waits").hasValue(0);

        late.complete(context);
        channel.runPendingTasks();
        assertThat(reads).as("when the context is there").hasPositiveValue();
    }

    @Test
    void letsNothingOutInTheClear() {
        ByteBuf word = Unpooled.copiedBuffer(new byte[] {'4', '2', '1'});

        channel.writeOutbound(word);

        assertThat(sent()).isEmpty();
        assertThat(word.refCnt()).isZero();
    }

    private void say(byte[] bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes));
    }

    private String sent() {
        StringBuilder hex = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            hex.append(ByteBufUtil.hexDump(out));
            out.release();
        }
        return hex.toString();
    }
}
