package io.ftpalg.server.runtime;

import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.TransportType;
import io.ftpalg.server.keys.ListenerKeys;
import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.uring.IoUring;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Resolves {@link TransportType} for this machine. */
public final class Transports {

    private Transports() {}

    /** Returns the name of the transport that runs if this one is asked for. */
    public static String name(TransportType type) {
        TransportType runs = type != TransportType.AUTO
                ? type
                : missing(TransportType.EPOLL).isEmpty()
                        ? TransportType.EPOLL
                        : missing(TransportType.KQUEUE).isEmpty() ? TransportType.KQUEUE : TransportType.NIO;
        return runs.name().toLowerCase(Locale.ROOT);
    }

    /** Returns why this transport cannot run here, or nothing if it can. */
    static Optional<String> missing(TransportType type) {
        return switch (type) {
            case AUTO, NIO -> Optional.empty();
            case EPOLL -> reason(Epoll.unavailabilityCause());
            case IO_URING -> reason(IoUring.unavailabilityCause());
            case KQUEUE -> reason(KQueue.unavailabilityCause());
        };
    }

    /** Returns why the sockets cannot be driven here as the settings have it, or nothing if they can. */
    public static Optional<String> unable(ProgramSettings settings, Names names) {
        String name = name(settings.transport());
        String transport = names.of(ProgramKeys.TRANSPORT);
        Optional<String> missing =
                missing(settings.transport()).map(why -> transport + ' ' + name + " is not available here: " + why);
        if (missing.isPresent()) {
            return missing;
        }
        if (name.equals("epoll")) {
            return missing;
        }
        return settings.relay() == RelayType.SPLICE || settings.relay() == RelayType.KERNEL
                ? Optional.of(names.of(ProgramKeys.RELAY) + ' '
                        + settings.relay().name().toLowerCase(Locale.ROOT) + " needs " + transport + " epoll, not "
                        + name)
                : settings.listeners().stream().anyMatch(Transports::marks)
                        ? Optional.of(names.of(ListenerKeys.MARK) + " needs " + transport + " epoll, not " + name)
                        : settings.listeners().stream().anyMatch(listener -> listener.transparent()
                                        .isPresent())
                                ? Optional.of(names.of(ListenerKeys.TRANSPARENT) + " needs " + transport
                                        + " epoll, not " + name)
                                : Optional.empty();
    }

    private static boolean marks(ListenerSettings settings) {
        return Stream.concat(
                        Stream.of(settings.data().sockets()),
                        settings.routing().routes().stream()
                                .map(route -> route.options().sockets()))
                .anyMatch(sockets -> sockets.mark().isPresent());
    }

    /** Returns the names of those that can run here, best first. */
    public static String available() {
        return Stream.of(TransportType.EPOLL, TransportType.KQUEUE, TransportType.IO_URING, TransportType.NIO)
                .filter(type -> missing(type).isEmpty())
                .map(Transports::name)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> reason(@Nullable Throwable unavailable) {
        if (unavailable == null) {
            return Optional.empty();
        }
        Throwable root = unavailable;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Optional.of(root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage());
    }
}
