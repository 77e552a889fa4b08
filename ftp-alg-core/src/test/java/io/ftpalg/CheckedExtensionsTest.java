package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.ClientGate;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.login.ProxyUsers;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.policy.transfer.ByteQuota;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.Secret;
import io.ftpalg.session.base.ExtensionException;
import io.ftpalg.tls.ClientTlsContexts;
import io.ftpalg.tls.ServerTlsContexts;
import io.netty.handler.ssl.SslContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each kind of object that throws or returns null: one by one, and in a gateway whose other clients are served. */
@SuppressWarnings("NullAway") // Code of embedders may return null where it must not.
@Timeout(60)
class CheckedExtensionsTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 21);
    private static final FtpCommand NOOP = FtpCommand.of(FtpVerb.NOOP);

    private static final FilterContext SESSION = new FilterContext(
            1,
            ADDRESS,
            ADDRESS,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private final CheckedExtensions checked = new CheckedExtensions(new ExtensionErrors(System::nanoTime));
    private final CapturedErrors log = new CapturedErrors();

    @AfterEach
    void closeLog() {
        log.close();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // It never returns.
    private static <T> T broken() {
        throw new IllegalStateException("broken");
    }

    private void assertLogged(String method) {
        assertThat(log.lines())
                .hasSize(2)
                .allMatch(line ->
                        line.contains("CheckedExtensionsTest$$Lambda") && line.contains("." + method + " failed"));
        assertThat(log.lines().get(0)).endsWith("IllegalStateException");
        assertThat(log.lines().get(1)).endsWith("NullPointerException");
    }

    @Test
    void filterDecides() {
        assertThat(checked.filter(CommandFilter.allowAll()).filter(NOOP, SESSION))
                .isEqualTo(Verdict.allow());
        assertThatThrownBy(() -> checked.filter(command -> broken()).filter(NOOP, SESSION))
                .isInstanceOf(ExtensionException.class);
        assertThatThrownBy(() -> checked.filter(command -> null).filter(NOOP, SESSION))
                .isInstanceOf(ExtensionException.class);
        assertLogged("filter");
    }

    @Test
    void filterMayLimitTransfers() {
        assertThat(checked.filter(CommandFilter.allowAll()).limitsTransfers()).isFalse();
        assertThat(checked.filter(CommandFilter.allowAll().limitingTransfers()).limitsTransfers())
                .isTrue();
    }

    @Test
    void filterDecidesLater() {
        assertThat(later(CompletableFuture.completedFuture(Verdict.allow()))).isCompletedWithValue(Verdict.allow());
        assertThat(later(CompletableFuture.failedFuture(new IllegalStateException("broken"))))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ExtensionException.class);
        assertThat(later(CompletableFuture.completedFuture(null)))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ExtensionException.class);
        assertLogged("filter");
    }

    /** The filter's own work can end with the wait for it. */
    @Test
    void cancelsTheStageOfAFilterThatIsNotAwaitedAnyMore() {
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();

        CommandFilter filter = checked.filter(command -> new Verdict.Later(verdict));
        ((Verdict.Later) filter.filter(NOOP, SESSION))
                .verdict()
                .toCompletableFuture()
                .cancel(false);

        assertThat(verdict).isCancelled();
    }

    private CompletableFuture<Verdict> later(CompletableFuture<Verdict> verdict) {
        CommandFilter filter = checked.filter(command -> new Verdict.Later(verdict));
        return ((Verdict.Later) filter.filter(NOOP, SESSION))
                .verdict()
                .toCompletableFuture()
                .thenApply(decided -> decided);
    }

    @Test
    void replyFilterReplaces() {
        assertThat(checked.replyFilter((reply, command, session) -> Replies.OK)
                        .filter(Replies.IDLE, Optional.empty(), SESSION))
                .isEqualTo(Replies.OK);
        assertThatThrownBy(() -> checked.replyFilter((reply, command, session) -> broken())
                        .filter(Replies.OK, Optional.empty(), SESSION))
                .isInstanceOf(ExtensionException.class);
        assertThatThrownBy(() -> checked.replyFilter((reply, command, session) -> null)
                        .filter(Replies.OK, Optional.empty(), SESSION))
                .isInstanceOf(ExtensionException.class);
        assertLogged("filter");
    }

    @Test
    void transferPolicyHasTerms() {
        TransferTerms terms = new TransferTerms(List.of(new ByteQuota(1)), List.of());

        assertThat(checked.transferPolicy((command, session) -> terms).terms(NOOP, SESSION))
                .isEqualTo(terms);
        assertThat(checked.transferPolicy(TransferPolicy.NONE).limits(SESSION)).isFalse();
        assertThatThrownBy(() ->
                        checked.transferPolicy((command, session) -> broken()).terms(NOOP, SESSION))
                .isInstanceOf(ExtensionException.class);
        assertThatThrownBy(
                        () -> checked.transferPolicy((command, session) -> null).terms(NOOP, SESSION))
                .isInstanceOf(ExtensionException.class);
        assertLogged("terms");
    }

    @Test
    void gateLetsNobodyInWhomItCannotJudge() {
        assertThat(checked.gate(ClientGate.OPEN).refuse(ADDRESS)).isEmpty();
        assertThat(checked.gate(client -> broken()).refuse(ADDRESS)).contains(Replies.SERVICE_NOT_AVAILABLE);
        assertThat(checked.gate(client -> null).refuse(ADDRESS)).contains(Replies.SERVICE_NOT_AVAILABLE);
        assertLogged("refuse");
    }

    @Test
    void usersAnswer() {
        assertThat(checked.login(LoginPolicy.DEFAULT)).isSameAs(LoginPolicy.DEFAULT);
        assertThat(authenticate((name, password, client) -> CompletableFuture.completedStage(Optional.empty())))
                .isCompleted();
        assertThat(authenticate((name, password, client) -> broken())).isCompletedExceptionally();
        assertThat(authenticate((name, password, client) -> null)).isCompletedExceptionally();
        assertThat(authenticate((name, password, client) -> CompletableFuture.completedStage(null)))
                .isCompletedExceptionally();
        assertThat(log.lines()).hasSize(3).allMatch(line -> line.contains(".authenticate failed"));
    }

    private CompletableFuture<?> authenticate(ProxyUsers users) {
        return checked.login(LoginPolicy.DEFAULT.withUsers(users))
                .users()
                .orElseThrow()
                .authenticate("joe", Secret.of("x"), ADDRESS)
                .toCompletableFuture();
    }

    @Test
    void contextsAreThere() {
        assertThat(choose((name, listener) -> broken())).isCompletedExceptionally();
        assertThat(choose((name, listener) -> null)).isCompletedExceptionally();
        assertThatThrownBy(() -> choose((ServerTlsContexts) tls -> broken())).isInstanceOf(ExtensionException.class);
        assertThatThrownBy(() -> choose((ServerTlsContexts) tls -> null)).isInstanceOf(ExtensionException.class);
        assertThat(log.lines()).hasSize(4).allMatch(line -> line.contains(".choose failed"));
    }

    private CompletableFuture<?> choose(ClientTlsContexts contexts) {
        return checked.clientContexts(contexts)
                .choose(Optional.empty(), ADDRESS, ADDRESS)
                .toCompletableFuture();
    }

    @Test
    void theChoiceOfAClientThatLeftIsCancelled() {
        CompletableFuture<SslContext> chosen = new CompletableFuture<>();

        choose((name, listener) -> chosen).cancel(false);

        assertThat(chosen).isCancelled();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void contextsAreAskedForAClient() {
        List<InetSocketAddress> clients = new ArrayList<>();
        choose(new ClientTlsContexts() {
            @Override
            public CompletionStage<SslContext> choose(Optional<String> serverName, InetSocketAddress listener) {
                return broken();
            }

            @Override
            public CompletionStage<SslContext> choose(
                    Optional<String> serverName, InetSocketAddress listener, InetSocketAddress client) {
                clients.add(client);
                return new CompletableFuture<>();
            }
        });

        assertThat(clients).containsExactly(ADDRESS);
    }

    private Object choose(ServerTlsContexts contexts) {
        return checked.serverContexts(contexts).choose(ServerTls.OFF);
    }

    // ---- in a gateway

    /** Fails as long as it is broken, and then routes to a server. */
    private record SwitchedRouter(
            AtomicBoolean broken, Supplier<CompletionStage<Route>> answer, InetSocketAddress server) implements Router {
        @Override
        public boolean needsLogin() {
            return false;
        }

        @Override
        public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
            return broken.get() ? answer.get() : CompletableFuture.completedStage(Route.to(server));
        }
    }

    @Test
    void aRouterThatFailsEndsOneSessionWithout() throws Exception {
        for (Supplier<CompletionStage<Route>> answer : List.<Supplier<CompletionStage<Route>>>of(
                CheckedExtensionsTest::broken, () -> null, () -> CompletableFuture.completedStage(null))) {
            AtomicBoolean broken = new AtomicBoolean();
            try (ServerSocket server = server();
                    FtpAlg gateway =
                            start(FtpAlg.builder().router(new SwitchedRouter(broken, answer, address(server))))) {
                try (Client before = new Client(gateway)) {
                    assertThat(before.line()).isEqualTo("220 ready");
                    broken.set(true);
                    try (Client refused = new Client(gateway)) {
                        assertThat(refused.line()).startsWith("421 ");
                        assertThat(refused.line()).isNull();
                    }
                    broken.set(false);
                    assertThat(before.ask("NOOP")).isEqualTo("200 fine");
                }
                try (Client after = new Client(gateway)) {
                    assertThat(after.line()).isEqualTo("220 ready");
                }
            }
        }
        assertThat(log.lines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith(SwitchedRouter.class.getName() + ".route failed"));
    }

    @Test
    void aFilterThatFailsEndsOneSession() throws Exception {
        try (ServerSocket server = server();
                FtpAlg gateway = start(
                        to(server).filter(command -> command.verb() == FtpVerb.SYST ? broken() : Verdict.allow()))) {
            try (Client client = new Client(gateway);
                    Client other = new Client(gateway)) {
                assertThat(client.line()).isEqualTo("220 ready");
                assertThat(other.line()).isEqualTo("220 ready");
                assertThat(client.ask("SYST")).startsWith("421 ");
                assertThat(client.line()).isNull();
                assertThat(other.ask("NOOP")).isEqualTo("200 fine");
            }
        }
        assertThat(log.lines()).singleElement().asString().contains(".filter failed");
    }

    /** On a thread of its own, as a filter that asks a service does. */
    @Test
    void aFilterDecidesLaterAndOneWhoseStageFailsEndsOneSession() throws Exception {
        CommandFilter filter = command -> switch (command.verb()) {
            case SYST -> new Verdict.Later(CompletableFuture.supplyAsync(CheckedExtensionsTest::broken));
            case HELP ->
                new Verdict.Later(CompletableFuture.supplyAsync(() -> new Verdict.Refuse(Replies.NOT_ALLOWED)));
            default -> Verdict.allow();
        };
        try (ServerSocket server = server();
                FtpAlg gateway = start(to(server)
                        .filter(filter)
                        .replyFilter((reply, command, session) ->
                                reply.code() == 220 ? FtpReply.of(220, "changed") : reply))) {
            try (Client client = new Client(gateway);
                    Client other = new Client(gateway)) {
                assertThat(client.line()).isEqualTo("220 changed");
                assertThat(other.line()).isEqualTo("220 changed");
                assertThat(other.ask("HELP")).isEqualTo("502 Command not allowed.");
                assertThat(client.ask("SYST")).startsWith("421 ");
                assertThat(client.line()).isNull();
                assertThat(other.ask("NOOP")).isEqualTo("200 fine");
            }
        }
        assertThat(log.lines()).singleElement().asString().contains(".filter failed");
    }

    /** A session that was counted in and not out kept the gateway from ending. */
    @Test
    void aGateThatFailsRefusesAndTheGatewayEnds() throws Exception {
        try (ServerSocket server = server();
                FtpAlg gateway = start(to(server).gate(client -> broken()))) {
            try (Client client = new Client(gateway)) {
                assertThat(client.line()).startsWith("421 ");
                assertThat(client.line()).isNull();
            }
            gateway.stop(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        assertThat(log.lines()).singleElement().asString().contains(".refuse failed");
    }

    @Test
    void aListenerThatFailsCostsNobodyAnything() throws Exception {
        AlgListener broken = new AlgListener() {
            @Override
            public void sessionOpened(SessionOpened event) {
                broken();
            }

            @Override
            public void sessionRefused(SessionRefused event) {
                broken();
            }

            @Override
            public void sessionClosed(SessionClosed event) {
                broken();
            }
        };
        AtomicBoolean closed = new AtomicBoolean();
        try (ServerSocket server = server();
                FtpAlg gateway = start(to(server)
                        .listener(broken)
                        .gate(client ->
                                closed.get() ? Optional.of(Replies.SERVICE_NOT_AVAILABLE) : Optional.empty()))) {
            try (Client client = new Client(gateway)) {
                assertThat(client.line()).isEqualTo("220 ready");
                closed.set(true);
                try (Client refused = new Client(gateway)) {
                    assertThat(refused.line()).startsWith("421 ");
                    assertThat(refused.line()).isNull();
                }
                assertThat(client.ask("NOOP")).isEqualTo("200 fine");
            }
        }
        assertThat(log.lines()).isNotEmpty().allMatch(line -> line.contains("all sessions continue"));
    }

    /** The JVM has no memory, whoever noticed it: the gateway reports that it cannot continue. */
    @Test
    void aStageThatFailsForTheJvmEndsTheGateway() throws Exception {
        OutOfMemoryError error = new OutOfMemoryError("test");
        try (ServerSocket server = server()) {
            InetSocketAddress address = address(server);
            assertEndsTheGateway(
                    FtpAlg.builder()
                            .router(new SwitchedRouter(
                                    new AtomicBoolean(true), () -> CompletableFuture.failedStage(error), address)),
                    client -> {});
            assertEndsTheGateway(
                    to(server)
                            .login(LoginPolicy.DEFAULT.withUsers(
                                    (name, password, from) -> CompletableFuture.failedStage(error))),
                    client -> {
                        client.ask("USER anna");
                        client.ask("PASS secret");
                    });
            assertEndsTheGateway(
                    to(server).clientTls(ClientTls.OPTIONAL, (name, listener) -> CompletableFuture.failedStage(error)),
                    client -> {
                        client.line();
                        client.ask("AUTH TLS");
                        ((SSLSocketFactory) SSLSocketFactory.getDefault())
                                .createSocket(client.socket, address.getHostString(), address.getPort(), false)
                                .getOutputStream()
                                .write(0);
                    });
        }
    }

    private interface Step {
        void run(Client client) throws IOException;
    }

    private static void assertEndsTheGateway(FtpAlgBuilder builder, Step step) throws Exception {
        try (FtpAlg gateway = start(builder);
                Client client = new Client(gateway)) {
            try {
                step.run(client);
            } catch (IOException e) {
                // What became of this client is not what counts.
            }
            assertThatThrownBy(() -> gateway.ended().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(GatewayFailedException.class)
                    .cause()
                    .hasMessage("the JVM failed: java.lang.OutOfMemoryError: test");
        }
    }

    private static FtpAlgBuilder to(ServerSocket server) {
        return FtpAlg.builder()
                .router(new SwitchedRouter(new AtomicBoolean(), CheckedExtensionsTest::broken, address(server)));
    }

    private static InetSocketAddress address(ServerSocket server) {
        return new InetSocketAddress("127.0.0.1", server.getLocalPort());
    }

    private static FtpAlg start(FtpAlgBuilder builder) throws Exception {
        return builder.listen(new InetSocketAddress("127.0.0.3", 0))
                .build()
                .start()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** Greets, and answers every command alike. */
    private static ServerSocket server() throws IOException {
        ServerSocket socket = new ServerSocket(0);
        Thread accepting = new Thread(() -> {
            while (true) {
                try {
                    Socket accepted = socket.accept();
                    Thread talking = new Thread(() -> talk(accepted));
                    talking.setDaemon(true);
                    talking.start();
                } catch (IOException e) {
                    return;
                }
            }
        });
        accepting.setDaemon(true);
        accepting.start();
        return socket;
    }

    private static void talk(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            socket.getOutputStream().write("220 ready\r\n".getBytes(StandardCharsets.ISO_8859_1));
            while (in.readLine() != null) {
                socket.getOutputStream().write("200 fine\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // The gateway left.
        }
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        private Client(FtpAlg gateway) throws IOException {
            InetSocketAddress address = gateway.boundAddresses().get(0);
            socket = new Socket(address.getAddress(), address.getPort());
            socket.setSoTimeout(10_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        private String line() throws IOException {
            return in.readLine();
        }

        private String ask(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return line();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
