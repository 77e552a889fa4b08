package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.login.ProxyUsers;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.MalformedCommand;
import io.ftpalg.protocol.MalformedCommand.Flaw;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.SessionSettings;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.base.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many short plays at random: whatever the order of events, the session never throws, answers each command once and in
 * order, tells no lie about a transfer, and leaves nothing behind.
 */
class SessionPropertyTest {
    private static final int PLAYS = 20_000;
    private static final Set<FtpVerb> DENIED = EnumSet.of(FtpVerb.DELE, FtpVerb.STAT);
    private static final Set<FtpVerb> SECURING = EnumSet.of(FtpVerb.AUTH, FtpVerb.PROT, FtpVerb.PBSZ);
    private static final Set<FtpVerb> NEVER_AT_THE_SERVER = EnumSet.of(
            FtpVerb.LPRT,
            FtpVerb.LPSV,
            FtpVerb.SPSV,
            FtpVerb.CPSV,
            FtpVerb.SSCN,
            FtpVerb.DELE,
            FtpVerb.HOST,
            FtpVerb.MIC);
    private static final List<FtpVerb> OFTEN = List.of(
            FtpVerb.PASV,
            FtpVerb.EPSV,
            FtpVerb.PORT,
            FtpVerb.EPRT,
            FtpVerb.RETR,
            FtpVerb.STOR,
            FtpVerb.LIST,
            FtpVerb.ABOR,
            FtpVerb.STAT,
            FtpVerb.NOOP,
            FtpVerb.PASS,
            FtpVerb.USER,
            FtpVerb.AUTH,
            FtpVerb.PBSZ,
            FtpVerb.PROT);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void holdsUnderAnHonestServer(int run) {
        for (int i = 0; i < PLAYS / 8; i++) {
            new Play(run * 1_000_000L + i, true).run();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 8})
    void holdsUnderAHostileServer(int run) {
        for (int i = 0; i < PLAYS / 8; i++) {
            new Play(run * 1_000_000L + i, false).run();
        }
    }

    /** The generator must reach what it is for, or the properties hold of nothing. */
    @Test
    void reachesTransfersOfAllEnds() {
        Set<TransferEnd> ends = EnumSet.noneOf(TransferEnd.class);
        for (long seed = 0; seed < 4000; seed++) {
            Play play = new Play(seed, true);
            play.run();
            play.finished.forEach(transfer -> ends.add(transfer.end()));
        }

        assertThat(ends).containsExactlyInAnyOrder(TransferEnd.values());
    }

    /** Passed on by the kernel, to their end. */
    @Test
    void reachesTransfersInTheKernel() {
        int carried = 0;
        for (long seed = 0; seed < 4000; seed++) {
            Play play = new Play(seed, true);
            play.run();
            carried += play.carried;
        }

        assertThat(carried).isGreaterThan(20);
    }

    /** Of several servers and users of the gateway too. */
    @Test
    void reachesServersBehindLoginsAtTheGateway() {
        int reached = 0;
        for (long seed = 0; seed < 500; seed++) {
            Play play = new Play(seed, true);
            play.run();
            reached += play.withUsers
                            && play.world.authenticated()
                            && !play.world.server.heard().isEmpty()
                    ? 1
                    : 0;
        }

        assertThat(reached).isGreaterThan(30);
    }

    private static final class Play implements AlgListener {
        private final long seed;
        private final Random random;
        private final boolean honest;
        private final List<String> trace = new ArrayList<>();
        private final List<FtpRequest> asked = new ArrayList<>();
        private final List<TransferFinished> finished = new ArrayList<>();
        private final ModelWorld world;
        private final FtpSession session;
        private final boolean denies;
        private final ClientTls clientTls;
        private final ServerTls serverTls;
        private final boolean withUsers;
        private boolean overtaken;
        private int started;
        private int carried;
        private boolean stopping;
        private int checked;

        Play(long seed, boolean honest) {
            this.seed = seed;
            this.honest = honest;
            random = new Random(seed);
            denies = random.nextBoolean();
            world = new ModelWorld(random, trace::add);
            clientTls = random.nextBoolean() ? ClientTls.NONE : clientTls();
            serverTls = random.nextBoolean() ? ServerTls.OFF : serverTls();
            world.serverTls(serverTls);
            ServerDataMode mode = any(List.of(ServerDataMode.values()));
            SessionSettings settings = SessionSettings.of(
                            new ModelRouter(random.nextInt(4) == 0, mode),
                            filter(denies ? CommandFilter.deny(DENIED) : CommandFilter.deny(Set.of(FtpVerb.DELE))),
                            this,
                            Limits.defaults(),
                            any(List.of(DataConnect.values())))
                    .withClientTls(clientTls);
            withUsers = random.nextInt(3) == 0;
            settings = withUsers ? withUsers(settings) : settings;
            session = new FtpSession(1, Playbook.CLIENT, Playbook.GATEWAY, settings, world);
            world.session(session);
            world.mode(mode);
            world.kernel(random.nextBoolean());
        }

        /** Decides at once, or now and then in a later turn. */
        private CommandFilter filter(CommandFilter decides) {
            return random.nextBoolean()
                    ? decides
                    : command -> random.nextBoolean()
                            ? decides.filter(command)
                            : new Verdict.Later(CompletableFuture.completedFuture(decides.filter(command)));
        }

        private static SessionSettings withUsers(SessionSettings all) {
            ProxyUsers users =
                    (name, password, from) -> CompletableFuture.failedStage(new AssertionError("the world knows them"));
            return new SessionSettings(
                    all.router(),
                    all.login().withUsers(users),
                    all.guard(),
                    all.filter(),
                    all.replyFilter(),
                    all.transfers(),
                    all.listener(),
                    all.limits(),
                    all.texts(),
                    all.passiveAddresses(),
                    all.dataConnect(),
                    all.pasvAddress(),
                    all.dataPeers(),
                    all.clientTls());
        }

        private ClientTls clientTls() {
            if (random.nextInt(8) == 0) {
                return new ClientTls(TlsUse.OFF, TlsUse.OFF, AuthMode.PASSTHROUGH, false, false, false);
            }
            TlsUse control = any(List.of(TlsUse.OPTIONAL, TlsUse.REQUIRED, TlsUse.REQUIRED_FOR_LOGIN));
            ClientTls explicit = new ClientTls(
                    control, any(List.of(TlsUse.values())), AuthMode.TERMINATE, false, random.nextBoolean(), false);
            return random.nextInt(4) == 0 ? explicit.implicitly() : explicit;
        }

        private ServerTls serverTls() {
            return random.nextInt(4) == 0
                    ? ServerTls.implicitly()
                    : ServerTls.explicit(
                            any(List.of(ServerTls.Mode.AUTO, ServerTls.Mode.REQUIRED, ServerTls.Mode.MIRROR)));
        }

        void run() {
            try {
                session.start();
                if (random.nextInt(10) > 0) {
                    logIn();
                }
                int steps = 20 + random.nextInt(100);
                for (int i = 0; i < steps && session.context().state() != SessionState.CLOSED; i++) {
                    step();
                    check();
                }
                end();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + (honest ? ", honest" : ", hostile") + "\n" + String.join("\n", trace), e);
            }
        }

        /** The first steps, in order, so that most plays come to transfers. */
        private void logIn() {
            ask(FtpCommand.of(FtpVerb.USER, "joe@ftp.example"));
            for (int i = 0; i < 4; i++) {
                world.happen();
                speak();
            }
            ask(FtpCommand.of(FtpVerb.PASS, "0"));
            speak();
            if (withUsers) {
                for (int i = 0; i < 4; i++) {
                    world.happen();
                    speak();
                }
                ask(FtpCommand.of(FtpVerb.USER, "joe"));
                speak();
                ask(FtpCommand.of(FtpVerb.PASS, "1"));
                speak();
            }
        }

        private void step() {
            int dice = random.nextInt(100);
            if (dice < 30) {
                ask(request());
            } else if (dice < 60) {
                world.happen();
            } else if (dice < 90) {
                if (honest || random.nextInt(3) > 0) {
                    speak();
                } else {
                    babble();
                }
            } else if (dice < 97) {
                world.elapse(Duration.ofMillis((long) Math.pow(10, 1 + random.nextDouble() * 4.5)));
            } else {
                rarely();
            }
        }

        private void rarely() {
            switch (random.nextInt(12)) {
                case 0 -> {
                    if (world.serverConnected()) {
                        world.loseServer();
                    }
                }
                case 1 -> {
                    trace.add(". client-fin");
                    stopping = true;
                    session.onClientInputClosed();
                }
                case 2 -> {
                    trace.add(". stop");
                    stopping = true;
                    session.onShutdown();
                }
                case 3 -> {
                    trace.add(". server-garbage");
                    if (world.serverConnected()) {
                        session.onServerGarbage();
                    }
                }
                case 4 -> {
                    trace.add(". line-timeout");
                    session.onClientLineTimeout();
                }
                default -> ask(FtpCommand.of(FtpVerb.QUIT, "" + asked.size()));
            }
        }

        private FtpRequest request() {
            int id = asked.size();
            FtpVerb verb = random.nextInt(4) > 0 ? any(OFTEN) : any(List.of(FtpVerb.values()));
            return switch (verb) {
                case OTHER ->
                    random.nextBoolean()
                            ? FtpCommand.of("XYZ", "" + id)
                            : new MalformedCommand(random.nextInt(3) == 0 ? Flaw.TOO_LONG : Flaw.BAD_VERB);
                case PASV -> FtpCommand.of(verb);
                case EPSV -> FtpCommand.of(verb, random.nextInt(8) == 0 ? "ALL" : "");
                case PORT -> FtpCommand.of(verb, random.nextInt(8) == 0 ? "10,0,0,5,0,25" : "127,0,0,1,200,1");
                case EPRT -> FtpCommand.of(verb, random.nextInt(8) == 0 ? "|1|10.0.0.5|2500|" : "|1|127.0.0.1|2500|");
                case USER ->
                    FtpCommand.of(
                            verb,
                            any(List.of(
                                    "joe",
                                    "joe",
                                    "joe",
                                    "joe@ftp.example",
                                    "joe@fw@ftp.example",
                                    "joe@ftp.example fw")));
                case AUTH -> FtpCommand.of(verb, random.nextInt(8) == 0 ? "SSL" : "TLS");
                case PBSZ -> FtpCommand.of(verb, "0");
                case PROT -> FtpCommand.of(verb, random.nextInt(3) == 0 ? "C" : "P");
                case QUIT -> FtpCommand.of(FtpVerb.NOOP, "" + id);
                default -> FtpCommand.of(verb, "" + id);
            };
        }

        private <T> T any(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        private void ask(FtpRequest request) {
            boolean shakesHands =
                    Set.of(ModelWorld.Tls.STARTING, ModelWorld.Tls.STOPPING).contains(world.tls(Side.CLIENT));
            boolean unheard = shakesHands || session.context().state() == SessionState.TRANSPARENT;
            if ((stopping || unheard) && session.context().state() != SessionState.CLOSED) {
                return;
            }
            trace.add("C> " + request);
            if (!session.context().state().isOver()) {
                boolean urgent = request instanceof FtpCommand c && c.verb().is(FtpVerb.Trait.URGENT);
                overtaken |= urgent && world.finals() < asked.size() + 1;
                asked.add(request);
            }
            session.onClientRequest(request);
        }

        private void speak() {
            if (world.serverSpeaks() && !world.server.inReply() && world.server.hasToSpeak()) {
                world.server.honest().forEach(line -> {
                    trace.add("S> " + line.wire());
                    world.serverSends();
                    session.onServerLine(line);
                });
            }
        }

        private void babble() {
            for (int i = random.nextInt(3); i >= 0 && world.serverSpeaks(); i--) {
                var line = world.server.hostile();
                trace.add("S> " + line.wire());
                world.serverSends();
                session.onServerLine(line);
            }
        }

        // ---- the properties

        private void check() {
            checkHeard();
            if (session.context().state().isOver()) {
                return;
            }
            // The greeting is one more.
            assertThat(world.finals()).as("answers").isLessThanOrEqualTo(asked.size() + 1);
            if (session.context().timers().isRunning(Timers.Kind.IDLE)
                    && !session.context().timers().isRunning(Timers.Kind.PACE)) {
                assertThat(world.finals()).as("answers to all").isEqualTo(asked.size() + 1);
            }
            if (honest
                    && !overtaken
                    && world.lastText().matches("t\\d+")
                    && !session.context().state().isOver()) {
                int id = Integer.parseInt(world.lastText().substring(1));
                assertThat(id).as("the command that was answered last").isLessThanOrEqualTo(world.finals() - 2);
                assertThat(id).as("the command that was answered last").isGreaterThanOrEqualTo(0);
            }
        }

        private void checkHeard() {
            List<FtpCommand> heard = world.server.heard();
            for (; checked < heard.size(); checked++) {
                FtpVerb verb = heard.get(checked).verb();
                assertThat(NEVER_AT_THE_SERVER).doesNotContain(verb);
                assertThat(withUsers && !world.authenticated())
                        .as("a server for somebody unknown")
                        .isFalse();
                if (serverTls.mode() == ServerTls.Mode.OFF && clientTls.auth() == AuthMode.TERMINATE) {
                    assertThat(SECURING).doesNotContain(verb);
                }
                assertThat(clientTls.auth() != AuthMode.PASSTHROUGH && verb == FtpVerb.CCC)
                        .as("CCC is between client and gateway")
                        .isFalse();
                if (clientTls.control() == TlsUse.REQUIRED && verb.is(FtpVerb.Trait.LOGIN)) {
                    assertThat(world.tls(Side.CLIENT))
                            .as("a login in the clear")
                            .isNotEqualTo(ModelWorld.Tls.NONE);
                }
                assertThat(denies && DENIED.contains(verb))
                        .as("a denied verb at the server")
                        .isFalse();
                if (verb == FtpVerb.PORT) {
                    assertThat(heard.get(checked).argument()).startsWith("127,0,0,3,");
                } else if (verb == FtpVerb.EPRT) {
                    assertThat(heard.get(checked).argument()).startsWith("|1|127.0.0.3|");
                }
            }
        }

        private void end() {
            if (session.context().state() != SessionState.CLOSED) {
                switch (session.context().state() == SessionState.TRANSPARENT ? random.nextInt(2) : random.nextInt(3)) {
                    case 0 -> session.onClientClosed("reset");
                    case 1 -> session.onShutdownDeadline();
                    default -> world.elapse(Duration.ofDays(1));
                }
            }
            for (int i = 0; session.context().state() != SessionState.CLOSED && i < 20; i++) {
                // A timer ends what nothing happens to.
                world.happen();
                world.elapse(Duration.ofDays(1));
            }
            assertThat(session.context().state()).isEqualTo(SessionState.CLOSED);
            assertThat(world.ended()).isTrue();
            assertThat(world.timers()).as("timers").isZero();
            assertThat(world.serversInUse()).as("servers in use").isZero();
            for (Side side : Side.values()) {
                assertThat(world.leg(side)).as("what is left of " + side).isEqualTo(ModelWorld.Leg.NONE);
            }
            assertThat(finished).as("transfers that were told").hasSize(started);
            ask(FtpCommand.of(FtpVerb.NOOP));
            session.onServerLine(world.server.hostile());
            session.onShutdown();
            session.onClientClosed("");
            session.onServerClosed("");
        }

        @Override
        public void transferStarted(TransferStarted event) {
            started++;
            world.newTransfer();
        }

        @Override
        public void transferFinished(TransferFinished event) {
            finished.add(event);
            assertThat(event.dataPath().isPresent() && world.carried())
                    .as("in the kernel")
                    .isEqualTo(event.dataPath().equals(Optional.of(DataPath.KERNEL)));
            if (world.carried()) {
                // TCP is end to end: the server's final reply passes as it comes.
                carried++;
                return;
            }
            if (event.sent().filter(code -> code / 100 == 2).isPresent()) {
                assertThat(event.end()).isEqualTo(TransferEnd.COMPLETE);
                assertThat(world.lastCode()).isEqualTo(event.sent().get());
                if (event.verb().is(FtpVerb.Trait.UPLOAD) || world.serverHadData()) {
                    assertThat(world.relayEnd()).as("the relay behind a 2yz").contains(TransferEnd.COMPLETE);
                }
            }
        }
    }

    private record ModelRouter(boolean needsLogin, ServerDataMode mode) implements Router {
        @Override
        public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
            return CompletableFuture.failedStage(new AssertionError("the world routes"));
        }
    }
}
