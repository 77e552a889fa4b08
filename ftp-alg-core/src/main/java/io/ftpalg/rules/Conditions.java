package io.ftpalg.rules;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.rules.path.TextPattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must hold for a rule, all of it; what is empty always holds. Of several values of one condition one must match.
 *
 * @param clients networks of clients
 * @param servers networks of the session's server
 * @param proxyUsers names of users of the gateway
 * @param groups groups of users of the gateway
 * @param users patterns of the user that was sent to the server
 * @param directions what commands do
 * @param verbs names of verbs, in upper case; X-forms are their standard verb
 * @param argument a pattern of the argument
 * @param paths patterns of the absolute path at the server
 * @param names patterns of the path's last segment, in any case
 * @param largerThan bytes that ALLO declared, and more; holds for that ALLO and for the upload behind it
 * @param tls whether the client's control connection is under TLS
 * @param time when
 */
public record Conditions(
        List<Cidr> clients,
        List<Cidr> servers,
        Set<String> proxyUsers,
        Set<String> groups,
        List<TextPattern> users,
        Set<Direction> directions,
        Set<String> verbs,
        Optional<TextPattern> argument,
        List<TextPattern> paths,
        List<TextPattern> names,
        Optional<Long> largerThan,
        Optional<Boolean> tls,
        Optional<TimeWindow> time) {

    /** What always holds. */
    public static final Conditions NONE = new Conditions(
            List.of(),
            List.of(),
            Set.of(),
            Set.of(),
            List.of(),
            Set.of(),
            Set.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Conditions {
        clients = List.copyOf(clients);
        servers = List.copyOf(servers);
        proxyUsers = Set.copyOf(proxyUsers);
        groups = Set.copyOf(groups);
        users = List.copyOf(users);
        directions = Set.copyOf(directions);
        verbs = verbs.stream().map(Conditions::standardName).collect(Collectors.toUnmodifiableSet());
        paths = List.copyOf(paths);
        names = List.copyOf(names);
    }

    /** Returns the name by which rules find a verb: in upper case, that of the standard verb for an X-form. */
    static String standardName(String verb) {
        FtpVerb known = FtpVerb.of(verb);
        return known == FtpVerb.OTHER
                ? verb.toUpperCase(Locale.ROOT)
                : known.standard().name();
    }

    /** Returns whether these look at the session and at no single command. */
    public boolean concernSessionOnly() {
        return directions.isEmpty()
                && verbs.isEmpty()
                && argument.isEmpty()
                && paths.isEmpty()
                && names.isEmpty()
                && largerThan.isEmpty()
                && time.isEmpty();
    }

    /** Returns whether these look at the path of a command. */
    public boolean needPath() {
        return !paths.isEmpty() || !names.isEmpty();
    }

    /** Returns the same for these clients only. */
    public Conditions clients(Cidr... only) {
        return new Conditions(
                List.of(only),
                servers,
                proxyUsers,
                groups,
                users,
                directions,
                verbs,
                argument,
                paths,
                names,
                largerThan,
                tls,
                time);
    }

    /** Returns the same for these servers only. */
    public Conditions servers(Cidr... only) {
        return new Conditions(
                clients,
                List.of(only),
                proxyUsers,
                groups,
                users,
                directions,
                verbs,
                argument,
                paths,
                names,
                largerThan,
                tls,
                time);
    }

    /** Returns the same for these users of the gateway only. */
    public Conditions proxyUsers(String... only) {
        return new Conditions(
                clients,
                servers,
                Set.of(only),
                groups,
                users,
                directions,
                verbs,
                argument,
                paths,
                names,
                largerThan,
                tls,
                time);
    }

    /** Returns the same for these groups only. */
    public Conditions groups(String... only) {
        return new Conditions(
                clients,
                servers,
                proxyUsers,
                Set.of(only),
                users,
                directions,
                verbs,
                argument,
                paths,
                names,
                largerThan,
                tls,
                time);
    }

    /** Returns the same for users that match one of these only. */
    public Conditions users(TextPattern... only) {
        return new Conditions(
                clients,
                servers,
                proxyUsers,
                groups,
                List.of(only),
                directions,
                verbs,
                argument,
                paths,
                names,
                largerThan,
                tls,
                time);
    }

    /** Returns the same for these directions only. */
    public Conditions directions(Direction... only) {
        return new Conditions(
                clients,
                servers,
                proxyUsers,
                groups,
                users,
                Set.of(only),
                verbs,
                argument,
                paths,
                names,
                largerThan,
                tls,
                time);
    }

    /** Returns the same for these verbs only. */
    public Conditions verbs(String... only) {
        return new Conditions(
                clients,
                servers,
                proxyUsers,
                groups,
                users,
                directions,
                Set.of(only),
                argument,
                paths,
                names,
                largerThan,
                tls,
                time);
    }

    /** Returns the same for arguments that match only. */
    public Conditions argument(TextPattern only) {
        return new Conditions(
                clients,
                servers,
                proxyUsers,
                groups,
                users,
                directions,
                verbs,
                Optional.of(only),
                paths,
                names,
                largerThan,
                tls,
                time);
    }

    /** Returns the same for paths that match one of these only. */
    public Conditions paths(TextPattern... only) {
        return new Conditions(
                clients,
                servers,
                proxyUsers,
                groups,
                users,
                directions,
                verbs,
                argument,
                List.of(only),
                names,
                largerThan,
                tls,
                time);
    }

    /** Returns the same for file names that match one of these only. */
    public Conditions names(TextPattern... only) {
        return new Conditions(
                clients,
                servers,
                proxyUsers,
                groups,
                users,
                directions,
                verbs,
                argument,
                paths,
                List.of(only),
                largerThan,
                tls,
                time);
    }

    /** Returns the same for declared sizes above this only. */
    public Conditions largerThan(long bytes) {
        return new Conditions(
                clients,
                servers,
                proxyUsers,
                groups,
                users,
                directions,
                verbs,
                argument,
                paths,
                names,
                Optional.of(bytes),
                tls,
                time);
    }

    /** Returns the same for clients under TLS, or in the clear, only. */
    public Conditions tls(boolean only) {
        return new Conditions(
                clients,
                servers,
                proxyUsers,
                groups,
                users,
                directions,
                verbs,
                argument,
                paths,
                names,
                largerThan,
                Optional.of(only),
                time);
    }

    /** Returns the same for this time only. */
    public Conditions time(TimeWindow only) {
        return new Conditions(
                clients,
                servers,
                proxyUsers,
                groups,
                users,
                directions,
                verbs,
                argument,
                paths,
                names,
                largerThan,
                tls,
                Optional.of(only));
    }
}
