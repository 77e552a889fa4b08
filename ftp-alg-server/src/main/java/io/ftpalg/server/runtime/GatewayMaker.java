package io.ftpalg.server.runtime;

import io.ftpalg.FtpAlg;
import io.ftpalg.FtpAlgBuilder;
import io.ftpalg.live.OperatorGate;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.ClientGate;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.Texts;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.login.ProxyUsers;
import io.ftpalg.policy.route.Router;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.rules.RuleFilter;
import io.ftpalg.rules.RuleReplyFilter;
import io.ftpalg.rules.RuleSet;
import io.ftpalg.server.audit.Audit;
import io.ftpalg.server.bandwidth.Bandwidths;
import io.ftpalg.server.concurrency.ConcurrencyLimits;
import io.ftpalg.server.files.TextFiles;
import io.ftpalg.server.gate.MaintenanceGate;
import io.ftpalg.server.gate.NetworkGate;
import io.ftpalg.server.inspect.ContentInspector;
import io.ftpalg.server.inspect.scan.ScanListener;
import io.ftpalg.server.log.EventLog;
import io.ftpalg.server.log.FatalErrors;
import io.ftpalg.server.log.TraceIds;
import io.ftpalg.server.policy.RuleSettings;
import io.ftpalg.server.quota.QuotaLimits;
import io.ftpalg.server.quota.QuotaListener;
import io.ftpalg.server.quota.QuotaTable;
import io.ftpalg.server.settings.AccessSettings;
import io.ftpalg.server.settings.DataPorts;
import io.ftpalg.server.settings.DataSettings;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.LoginSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.settings.TextSettings;
import io.ftpalg.server.settings.UserSettings;
import io.ftpalg.server.tls.TlsConfigException;
import io.ftpalg.server.users.HtpasswdUsers;
import io.ftpalg.server.users.LdapUsers;
import io.ftpalg.server.users.UserSources;
import io.ftpalg.server.users.UsersException;
import io.ftpalg.tls.ClientTlsContexts;
import io.netty.channel.IoEventLoopGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the gateway of settings, with all that it needs besides event loops: certificates, users, texts, gates. What of these
 * must be closed ends with the gateway. Used once, by one thread; reads files.
 */
public final class GatewayMaker {
    private static final Logger logger = LoggerFactory.getLogger(GatewayMaker.class);

    private final ProgramSettings program;
    private final ListenerSettings settings;
    private final List<AlgListener> listeners;
    private final RouterMaker routers = new RouterMaker();
    private final Optional<OperatorGate> operator;
    private final ProgramShares shares;
    private UnaryOperator<Router> routing = UnaryOperator.identity();
    private final Optional<Audit> audit;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private Optional<ContentInspector> inspector = Optional.empty();

    private GatewayMaker(
            ProgramSettings program,
            ListenerSettings settings,
            List<AlgListener> listeners,
            Optional<OperatorGate> operator,
            ProgramShares shares,
            Optional<Audit> audit) {
        this.shares = shares;
        this.program = program;
        this.settings = settings;
        this.listeners = listeners;
        this.operator = operator;
        this.audit = audit;
    }

    /** Returns the gateway of a listener, without a gate of the operator. */
    public static MadeGateway make(
            ProgramSettings program,
            ListenerSettings settings,
            List<AlgListener> listeners,
            Optional<IoEventLoopGroup> loops)
            throws SettingsException {
        return make(
                program, settings, listeners, Optional.empty(), ProgramShares.ofOne(program), Optional.empty(), loops);
    }

    /**
     * Returns the gateway of a listener on these event loops or its own, not yet started; it logs what happens, and notifies these
     * listeners.
     *
     * @param operator the gate of the operator, if there is one
     * @param shares what all gateways of the program share
     * @param audit what records what happens, if anything does
     */
    public static MadeGateway make(
            ProgramSettings program,
            ListenerSettings settings,
            List<AlgListener> listeners,
            Optional<OperatorGate> operator,
            ProgramShares shares,
            Optional<Audit> audit,
            Optional<IoEventLoopGroup> loops)
            throws SettingsException {
        return new GatewayMaker(program, settings, listeners, operator, shares, audit).make(loops);
    }

    /**
     * Returns the gateway of a listener on event loops of its own, not yet started, without a gate of the operator.
     *
     * @param routing returns the router to use in place of that of the settings
     */
    public static MadeGateway make(ProgramSettings program, ListenerSettings settings, UnaryOperator<Router> routing)
            throws SettingsException {
        GatewayMaker maker = new GatewayMaker(
                program, settings, List.of(), Optional.empty(), ProgramShares.ofOne(program), Optional.empty());
        maker.routing = routing;
        return maker.make(Optional.empty());
    }

    private MadeGateway make(Optional<IoEventLoopGroup> loops) throws SettingsException {
        try {
            FtpAlgBuilder builder = builder();
            loops.ifPresent(builder::eventLoops);
            FtpAlg gateway = builder.build();
            gateway.ended().whenComplete((none, failure) -> {
                if (failure != null) {
                    FatalErrors.gatewayFailed(failure);
                }
                close();
            });
            return new MadeGateway(settings, gateway, routers.pools(), inspector);
        } catch (TlsConfigException | UsersException | IOException e) {
            close();
            throw new SettingsException(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Those of the listeners that count scans too. */
    private ScanListener scans() {
        List<ScanListener> counting = listeners.stream()
                .filter(ScanListener.class::isInstance)
                .map(ScanListener.class::cast)
                .toList();
        return (scanner, result, waited) -> counting.forEach(one -> one.scanned(scanner, result, waited));
    }

    private TraceIds traces() {
        return listeners.stream()
                .filter(TraceIds.class::isInstance)
                .map(TraceIds.class::cast)
                .findFirst()
                .orElse(session -> Optional.empty());
    }

    private FtpAlgBuilder builder() throws TlsConfigException, UsersException, IOException {
        EventLog log = new EventLog(traces());
        owned.add(log);
        DataSettings data = settings.data();
        QuotaLimits quotas = new QuotaLimits(
                QuotaTable.of(program.quotas()),
                shares.quotas(),
                audit.map(Audit::quotas).orElse(QuotaListener.NONE));
        ConcurrencyLimits concurrency = new ConcurrencyLimits(program.concurrency(), shares.counts());
        FtpAlgBuilder builder = FtpAlg.builder()
                .router(routing.apply(routers.router(settings)))
                .login(login(settings.login()))
                .texts(texts(settings.texts()))
                .gate(gate())
                .sockets(data.sockets())
                .nameServers(program.nameServers())
                .limits(settings.limits())
                .transfers(quotas.with(Bandwidths.of(data.bandwidth(), program.bandwidth(), shares.bandwidth())))
                .dataConnect(data.connect())
                .pasvAddress(data.pasvAddress())
                .dataPeers(data.peers())
                .transport(program.transport())
                .relay(program.relay())
                .kernelPath(program.kernelPath().withPorts(DataPorts.of(program)))
                .telnet(settings.telnet())
                .protocol(settings.protocol());
        CommandFilter always = CommandFilter.safeSite().and(limits(concurrency, quotas));
        rules(builder, audit.map(Audit::filter).map(always::and).orElse(always));
        if (!concurrency.isEmpty()) {
            builder.listener(concurrency);
        }
        if (settings.inspection().isPresent()) {
            ContentInspector made = new ContentInspector(settings.inspection().get(), scans());
            inspector = Optional.of(made);
            owned.add(made);
            builder.inspector(made).remnant(settings.inspection().get().remnant());
        }
        // Before the log, which has the traces that they begin.
        listeners.forEach(builder::listener);
        builder.listener(log);
        audit.map(Audit::listener).ifPresent(builder::listener);
        settings.bind().plain().forEach(builder::listen);
        settings.bind().implicitTls().forEach(builder::listenImplicitTls);
        data.passivePorts().ifPresent(builder::passivePorts);
        data.announcedPorts().ifPresent(builder::announcePorts);
        builder.passiveAddresses(data.passiveAddresses());
        data.activeSourcePort().ifPresent(builder::activeSourcePort);
        settings.proxyProtocol().ifPresent(builder::proxyProtocol);
        settings.transparent().ifPresent(transparent -> {
            builder.transparent(transparent.mode());
            if (transparent.spoofClient()) {
                builder.spoofClient();
            }
        });
        clientTls(builder);
        if (settings.serverTls().leg().isPresent()) {
            builder.serverTls(settings.serverTls().leg().get().contexts());
        }
        return builder;
    }

    /** Rules come last: they may put another command in place, which no filter behind them would see. */
    private void rules(FtpAlgBuilder builder, CommandFilter before) {
        RuleSettings given = settings.rules();
        RuleSet rules = given.set();
        builder.filter(given.decide() ? before.and(new RuleFilter(rules, InstantSource.system())) : before);
        if (RuleReplyFilter.isNeeded(rules, given.replies())) {
            builder.replyFilter(new RuleReplyFilter(rules, given.replies(), InstantSource.system()));
        }
    }

    /** Before filters that put another command in place of one: what they put there is not filtered again. */
    private static CommandFilter limits(ConcurrencyLimits concurrency, QuotaLimits quotas) {
        return concurrency.isEmpty() ? quotas.filter() : concurrency.and(quotas.filter());
    }

    private void clientTls(FtpAlgBuilder builder) throws TlsConfigException {
        settings.clientTls().auth().ifPresent(builder::auth);
        if (settings.clientTls().leg().isPresent()) {
            ClientTlsContexts contexts = settings.clientTls().leg().get().contexts();
            builder.clientTls(settings.clientTls().use(), contexts);
            if (contexts instanceof AutoCloseable watching) {
                owned.add(watching);
            }
        }
    }

    private LoginPolicy login(LoginSettings login) throws UsersException {
        if (login.users().isEmpty()) {
            return login.policy();
        }
        return login.policy().withUsers(users(login.users().get()));
    }

    /** Reads the file; a directory is connected to only with a login. */
    private ProxyUsers users(UserSettings settings) throws UsersException {
        List<ProxyUsers> sources = new ArrayList<>();
        if (settings.file().isPresent()) {
            HtpasswdUsers users = HtpasswdUsers.of(settings.file().get(), settings.groups());
            sources.add(users);
            owned.add(users);
        }
        if (settings.ldap().isPresent()) {
            LdapUsers users = LdapUsers.of(settings.ldap().get());
            sources.add(users);
            owned.add(users);
        }
        return sources.size() == 1 ? sources.get(0) : new UserSources(sources);
    }

    private static Texts texts(TextSettings files) throws IOException {
        return new Texts(text(files.greeting(), 220), text(files.limit(), 421));
    }

    private static Optional<FtpReply> text(Optional<Path> file, int code) throws IOException {
        return file.isEmpty() ? Optional.empty() : Optional.of(TextFiles.read(file.get(), code));
    }

    /** The operator's own comes first; a client that is to be refused anyway is not refused for the audit. */
    private ClientGate gate() {
        ClientGate access = gate(settings.access());
        ClientGate operated =
                operator.<ClientGate>map(first -> first.and(access)).orElse(access);
        return audit.map(Audit::gate).map(operated::and).orElse(operated);
    }

    private ClientGate gate(AccessSettings access) {
        ClientGate networks = access.allow().isEmpty() && access.deny().isEmpty()
                ? ClientGate.OPEN
                : new NetworkGate(access.allow(), access.deny());
        if (access.maintenance().isEmpty()) {
            return networks;
        }
        MaintenanceGate maintenance = new MaintenanceGate(access.maintenance().get());
        owned.add(maintenance);
        return networks.and(maintenance);
    }

    private void close() {
        for (AutoCloseable one : owned) {
            try {
                one.close();
            } catch (Exception e) {
                logger.warn("closing failed", e);
            }
        }
        owned.clear();
    }
}
