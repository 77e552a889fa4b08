package io.ftpalg.rules;

import io.ftpalg.policy.FilterContext;
import io.ftpalg.protocol.AlloSize;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.rules.path.NameText;
import io.ftpalg.rules.path.NamedPath;
import io.ftpalg.rules.path.PathArgument;
import io.ftpalg.rules.path.PathResolver;
import io.ftpalg.rules.path.Resolution;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command and its session as conditions look at them; what costs is found out once, when it is asked for. For one decision. */
final class Facts {
    final FtpCommand command;
    final FilterContext session;
    final Instant now;
    final Direction direction;
    final String verb;
    private final Optional<JailView> jail;
    private Networks.@Nullable Address client;
    private Networks.@Nullable Address server;
    private @Nullable String argument;
    private @Nullable PathArgument named;
    private @Nullable Resolution resolved;
    private @Nullable Resolution resolvedForName;
    private @Nullable FileName fileName;

    Facts(FtpCommand command, FilterContext session, Instant now, Optional<JailView> jail) {
        this.command = command;
        this.session = session;
        this.now = now;
        this.jail = jail;
        this.direction = Direction.of(command);
        this.verb = command.verb() == FtpVerb.OTHER
                ? command.name()
                : command.verb().standard().name();
    }

    Networks.Address client() {
        if (client == null) {
            client = Networks.Address.of(session.client().getAddress());
        }
        return client;
    }

    Networks.@Nullable Address server() {
        if (server == null
                && session.server().isPresent()
                && !session.server().get().isUnresolved()) {
            server = Networks.Address.of(session.server().get().getAddress());
        }
        return server;
    }

    String argument() {
        if (argument == null) {
            argument = NameText.lenient(command.argument());
        }
        return argument;
    }

    PathArgument named() {
        if (named == null) {
            named = PathArgument.of(command);
        }
        return named;
    }

    /** Returns whether a rule, or the jail, has looked at the path. */
    boolean isResolved() {
        return resolved != null;
    }

    /** Returns what the path comes to at the server; only for a command that names one. */
    Resolution path() {
        if (resolved == null) {
            resolved = resolve(session.directory());
        }
        return resolved;
    }

    /** Returns a path of which only the name counts: wherever the client is. */
    Resolution pathForName() {
        if (resolvedForName == null) {
            resolvedForName = session.directory().isPresent() ? path() : resolve(Optional.of("/"));
        }
        return resolvedForName;
    }

    /** Returns the last name of a path that could be resolved, at least as far as its name. */
    FileName fileName() {
        if (fileName == null) {
            if (!(pathForName() instanceof Resolution.Path path)) {
                throw new IllegalStateException("no path, but " + pathForName());
            }
            fileName = FileName.of(path.name());
        }
        return fileName;
    }

    private Resolution resolve(Optional<String> directory) {
        Optional<String> unreadable = named().unreadable();
        if (unreadable.isPresent()) {
            return new Resolution.Unresolvable(unreadable.get());
        }
        NamedPath path = named().path().orElseThrow();
        String written = path.isImplicit() ? "." : path.path();
        return jail.isPresent() ? jail.get().resolve(directory, written) : PathResolver.resolve(directory, written);
    }

    /** Returns the bytes that this ALLO declares, or that the last one did for this upload. */
    Optional<Long> declaredSize() {
        return switch (command.verb()) {
            case ALLO -> AlloSize.of(command.argument());
            case STOR, STOU, APPE -> session.declaredSize();
            default -> Optional.empty();
        };
    }
}
