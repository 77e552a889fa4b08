package io.ftpalg.server;

import io.ftpalg.FtpAlg;
import io.ftpalg.FtpAlgBuilder;
import io.ftpalg.policy.ClientGate;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.LoginPolicy;
import io.ftpalg.policy.Texts;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.server.tls.TlsConfigException;
import io.ftpalg.server.users.UsersException;
import io.netty.channel.IoEventLoopGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the gateway of settings, with all that it needs besides event loops: certificates, users, texts, gates. What of these
 * must be closed ends with the gateway. Used once, by one thread; reads files.
 */
final class GatewayMaker {
    private static final Logger logger = LoggerFactory.getLogger(GatewayMaker.class);

    private final Settings settings;
    private final List<AutoCloseable> owned = new ArrayList<>();

    private GatewayMaker(Settings settings) {
        this.settings = settings;
    }

    /** Returns the gateway of these settings on these event loops, not yet started; it tells the log what happens. */
    static FtpAlg make(Settings settings, Optional<IoEventLoopGroup> loops) throws SettingsException {
        GatewayMaker maker = new GatewayMaker(settings);
        try {
            FtpAlgBuilder builder = maker.builder();
            loops.ifPresent(builder::eventLoops);
            FtpAlg gateway = builder.build();
            gateway.ended().whenComplete((none, failure) -> {
                if (failure != null) {
                    FatalErrors.gatewayFailed(failure);
                }
                maker.close();
            });
            return gateway;
        } catch (TlsConfigException | UsersException | IOException e) {
            maker.close();
            throw new SettingsException(e);
        } catch (RuntimeException e) {
            maker.close();
            throw e;
        }
    }

    private FtpAlgBuilder builder() throws TlsConfigException, UsersException, IOException {
        EventLog log = new EventLog();
        owned.add(log);
        FtpAlgBuilder builder = FtpAlg.builder()
                .router(RouterMaker.router(settings))
                .login(login(settings.file().login()))
                .texts(texts(settings.file().words()))
                .gate(gate(settings.file()))
                .sockets(settings.file().sockets())
                .nameServers(settings.file().nameServers())
                .limits(settings.limits())
                .filter(CommandFilter.safeSite())
                .listener(log)
                .dataConnect(settings.dataConnect())
                .pasvAddress(settings.pasvAddress())
                .dataPeers(settings.dataPeers())
                .transport(settings.transport())
                .relay(settings.relay())
                .telnet(settings.telnet());
        settings.listen().forEach(builder::listen);
        settings.passivePorts().ifPresent(builder::passivePorts);
        settings.passiveAddress().ifPresent(builder::passiveAddress);
        settings.activeSourcePort().ifPresent(builder::activeSourcePort);
        settings.clientTls().applyTo(builder).ifPresent(owned::add);
        settings.serverTls().applyTo(builder);
        return builder;
    }

    private LoginPolicy login(LoginSettings login) throws UsersException {
        if (login.users().isEmpty()) {
            return login.policy();
        }
        UserSettings.Known known = login.users().get().open();
        owned.addAll(known.owned());
        return login.policy().withUsers(known.users());
    }

    private static Texts texts(FileSettings.Words words) throws IOException {
        return new Texts(text(words.greeting(), 220), text(words.limit(), 421));
    }

    private static Optional<FtpReply> text(Optional<Path> file, int code) throws IOException {
        return file.isEmpty() ? Optional.empty() : Optional.of(TextFiles.read(file.get(), code));
    }

    private ClientGate gate(FileSettings file) {
        ClientGate networks = file.allow().isEmpty() && file.deny().isEmpty() ? ClientGate.OPEN
                : new NetworkGate(file.allow(), file.deny());
        if (file.words().maintenance().isEmpty()) {
            return networks;
        }
        MaintenanceGate maintenance = new MaintenanceGate(file.words().maintenance().get());
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
