package io.ftpalg.server.admin.api;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.TransferSnapshot;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.server.admin.AdminRequest;
import io.ftpalg.server.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One page of the live sessions, or of the running transfers: filtered and sorted here, so that a page asks for its rows only. Stateless. */
final class SessionPages {
    private static final Comparator<SessionSnapshot> BY_ID = Comparator.comparingLong(SessionSnapshot::id);

    private static final Map<String, Comparator<SessionSnapshot>> SESSION_ORDERS = Map.ofEntries(
            Map.entry("id", BY_ID),
            Map.entry("client", by(session -> Values.address(session.client()))),
            Map.entry("user", by(session -> session.user().orElse(""))),
            Map.entry(
                    "server",
                    by(session -> session.server().map(Values::address).orElse(""))),
            Map.entry("state", by(SessionSnapshot::phase)),
            Map.entry("ageSeconds", by(SessionSnapshot::age)),
            Map.entry("idleSeconds", by(SessionSnapshot::idle)),
            Map.entry("commands", Comparator.comparingLong(SessionSnapshot::commands)),
            Map.entry("transfers", Comparator.comparingLong(SessionSnapshot::transfers)),
            Map.entry("bytesToClient", Comparator.comparingLong(SessionSnapshot::bytesToClient)),
            Map.entry("bytesToServer", Comparator.comparingLong(SessionSnapshot::bytesToServer)),
            Map.entry("bytesPerSecond", Comparator.comparingDouble(SessionJson::rate)));

    private static final Map<String, Comparator<SessionSnapshot>> TRANSFER_ORDERS = Map.of(
            "session", BY_ID,
            "client", by(session -> Values.address(session.client())),
            "user", by(session -> session.user().orElse("")),
            "path", by(session -> running(session).path()),
            "seconds", by(session -> running(session).age()),
            "bytesToClient", by(session -> running(session).bytesToClient()),
            "bytesToServer", by(session -> running(session).bytesToServer()),
            "bytesPerSecond", Comparator.comparingDouble(SessionJson::rate));

    private SessionPages() {}

    static Json.Fields sessions(List<SessionSnapshot> all, AdminRequest request) {
        return page(
                all,
                all.stream().filter(filter(request)),
                order(request, SESSION_ORDERS, "-id"),
                request,
                "sessions",
                SessionJson::session);
    }

    static Json.Fields transfers(List<SessionSnapshot> all, AdminRequest request) {
        List<SessionSnapshot> running =
                all.stream().filter(session -> session.transfer().isPresent()).toList();
        return page(
                running,
                running.stream().filter(textFilter(request)),
                order(request, TRANSFER_ORDERS, "-seconds"),
                request,
                "transfers",
                session -> SessionJson.transfer(session, running(session)));
    }

    private static Json.Fields page(
            List<SessionSnapshot> all,
            Stream<SessionSnapshot> matching,
            Comparator<SessionSnapshot> order,
            AdminRequest request,
            String name,
            Function<SessionSnapshot, Json.Fields> row) {
        int offset = Parameters.number(request, "offset", 0, 100_000_000, 0);
        int limit = Parameters.number(request, "limit", 1, 200, 50);
        List<SessionSnapshot> sorted = matching.sorted(order).toList();
        return Json.object()
                .put("total", all.size())
                .put("matching", sorted.size())
                .put("offset", offset)
                .put("limit", limit)
                .put(name, sorted.stream().skip(offset).limit(limit).map(row).toList());
    }

    private static Comparator<SessionSnapshot> order(
            AdminRequest request, Map<String, Comparator<SessionSnapshot>> orders, String otherwise) {
        String sort = Parameters.text(request, "sort").orElse(otherwise);
        boolean descending = sort.startsWith("-");
        Comparator<SessionSnapshot> order = orders.get(descending ? sort.substring(1) : sort);
        if (order == null) {
            throw new ApiException(
                    400,
                    "cannot sort by " + sort,
                    "sort by one of "
                            + String.join(
                                    ", ", orders.keySet().stream().sorted().toList())
                            + ", with - in front for descending");
        }
        return (descending ? order.reversed() : order).thenComparing(BY_ID);
    }

    private static Predicate<SessionSnapshot> filter(AdminRequest request) {
        Predicate<SessionSnapshot> filter = textFilter(request);
        Optional<Cidr> client = Parameters.text(request, "client").map(Parameters::network);
        if (client.isPresent()) {
            filter =
                    filter.and(session -> client.get().contains(session.client().getAddress()));
        }
        Optional<String> user = Parameters.text(request, "user");
        if (user.isPresent()) {
            filter = filter.and(session -> hasUser(session, user.get()));
        }
        Optional<String> server = Parameters.text(request, "server");
        if (server.isPresent()) {
            filter = filter.and(session -> session.server()
                    .map(Values::address)
                    .filter(address -> address.equals(server.get()) || address.startsWith(server.get() + ':'))
                    .isPresent());
        }
        Optional<String> listener = Parameters.text(request, "listener");
        if (listener.isPresent()) {
            filter = filter.and(session -> Values.address(session.listener()).equals(listener.get()));
        }
        Optional<SessionSnapshot.Phase> state =
                Parameters.text(request, "state").map(SessionPages::state);
        return state.isPresent() ? filter.and(session -> session.phase() == state.get()) : filter;
    }

    static boolean hasUser(SessionSnapshot session, String user) {
        return session.user().filter(user::equals).isPresent()
                || session.proxyUser().map(ProxyUser::name).filter(user::equals).isPresent();
    }

    private static SessionSnapshot.Phase state(String text) {
        return Stream.of(SessionSnapshot.Phase.values())
                .filter(phase -> Values.word(phase).equals(text))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        400, "no such state: " + text, "connecting, login, ready, transfer, transparent or closing"));
    }

    private static Predicate<SessionSnapshot> textFilter(AdminRequest request) {
        Optional<String> text = Parameters.text(request, "q").map(wanted -> wanted.toLowerCase(Locale.ROOT));
        return text.isEmpty()
                ? session -> true
                : session -> texts(session)
                        .anyMatch(one -> one.toLowerCase(Locale.ROOT).contains(text.get()));
    }

    private static Stream<String> texts(SessionSnapshot session) {
        return Stream.of(
                        Optional.of(Values.address(session.client())),
                        session.user(),
                        session.proxyUser().map(ProxyUser::name),
                        session.server().map(Values::address),
                        session.transfer().map(TransferSnapshot::path))
                .flatMap(Optional::stream);
    }

    private static TransferSnapshot running(SessionSnapshot session) {
        return session.transfer().orElseThrow();
    }

    private static <T extends Comparable<T>> Comparator<SessionSnapshot> by(Function<SessionSnapshot, T> value) {
        return Comparator.comparing(value);
    }
}
