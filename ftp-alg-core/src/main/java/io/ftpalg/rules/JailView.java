package io.ftpalg.rules;

import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.rules.path.PathResolver;
import io.ftpalg.rules.path.Resolution;
import java.util.Optional;

/**
 * A directory of the server as one session sees it: as {@code /}.
 *
 * @param root its path at the server, without a last slash; one char for one byte
 */
record JailView(String root) {
    private static final int LONGEST_NAME = 255;

    /** Returns the view of a session, unless its user's name cannot be the name of a directory, or is not known. */
    static Optional<JailView> of(Action.Jail jail, FilterContext session) {
        String root = jail.root();
        if (root.contains("%u")) {
            Optional<String> user = session.user().filter(JailView::isName);
            if (user.isEmpty()) {
                return Optional.empty();
            }
            root = root.replace("%u", user.get());
        }
        if (root.contains("%p")) {
            Optional<String> user = session.proxyUser().map(ProxyUser::name).filter(JailView::isName);
            if (user.isEmpty()) {
                return Optional.empty();
            }
            root = root.replace("%p", user.get());
        }
        return PathResolver.resolve(Optional.empty(), root) instanceof Resolution.Path path
                ? Optional.of(new JailView(path.sent().equals("/") ? "" : path.sent()))
                : Optional.empty();
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.charAt(0) != '.'
                && name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '/' && c != '\\' && c != '%');
    }

    /** Returns where the client is, as it sees it: at the top if the server's directory is elsewhere. */
    String directoryOfClient(String directory) {
        return toClient(directory).orElse("/");
    }

    /** Returns a path of the server as the client sees it, if it is in here. */
    Optional<String> toClient(String path) {
        if (path.equals(root) || path.equals(root + '/')) {
            return Optional.of("/");
        }
        return path.startsWith(root + '/') ? Optional.of(path.substring(root.length())) : Optional.empty();
    }

    /** Resolves a path that the client wrote. */
    Resolution resolve(Optional<String> directory, String path) {
        Resolution seen = PathResolver.resolve(directory.map(this::directoryOfClient), path);
        if (!(seen instanceof Resolution.Path client)) {
            return seen;
        }
        String sent = client.sent().equals("/") ? (root.isEmpty() ? "/" : root) : root + client.sent();
        return PathResolver.resolve(Optional.empty(), sent);
    }
}
