package io.ftpalg.it;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** Sessions of a large gateway, the same each time, filtered, sorted and cut into pages as the API does. Immutable. */
final class CannedSessions {
    private static final int NEWEST = 190_211;
    private static final List<String> USERS =
            List.of("joe", "ann", "backup", "reports", "m.keller", "svc-edi", "anonymous");
    private static final List<String> PATHS = List.of(
            "/pub/images/debian-12.iso",
            "/in/orders/2026-11-28.csv",
            "/backup/db/full-2026-11-28T1800.dump.zst",
            "/out/report.pdf",
            // UTF-8, one character for each byte.
            "/bilder/s\u00c3\u00bcdansicht.tif");

    private final List<Map<String, Object>> sessions;

    CannedSessions(int count) {
        Random random = new Random(14);
        List<Map<String, Object>> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(session(random, NEWEST - i, 2 + i * 0.9));
        }
        sessions = List.copyOf(made);
    }

    private static Map<String, Object> session(Random random, long id, double age) {
        boolean transfers = random.nextInt(10) < 4;
        boolean connecting = !transfers && random.nextInt(10) == 0;
        boolean down = random.nextInt(10) < 7;
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("id", id);
        session.put(
                "client",
                "10.%d.%d.%d:%d"
                        .formatted(
                                random.nextInt(4),
                                random.nextInt(256),
                                1 + random.nextInt(254),
                                30_000 + random.nextInt(30_000)));
        session.put("listener", "192.0.2.1:21");
        session.put("state", transfers ? "transfer" : connecting ? "connecting" : "ready");
        session.put("openedAt", "2026-11-28T18:50:01.250Z");
        session.put("ageSeconds", age);
        session.put("idleSeconds", transfers ? 0.0 : Math.min(age, random.nextInt(280)));
        session.put("commands", 4 + random.nextInt(90));
        session.put("transfers", transfers ? 1 + random.nextInt(8) : 0);
        long rate = (long) (Math.pow(random.nextDouble(), 3) * 4e7);
        long bytes = (long) (rate * Math.min(age, 600) * random.nextDouble());
        session.put("bytesToClient", down && transfers ? bytes : 0L);
        session.put("bytesToServer", down || !transfers ? 0L : bytes);
        session.put("bytesPerSecond", transfers ? rate : 0L);
        session.put("clientTls", random.nextInt(10) < 8);
        session.put("serverTls", !connecting && random.nextBoolean());
        if (!connecting) {
            session.put("user", USERS.get(random.nextInt(USERS.size())));
            session.put("server", "10.1.0." + (5 + random.nextInt(3)) + ":21");
        }
        if (transfers) {
            session.put("command", down ? "RETR" : "STOR");
            session.put("path", PATHS.get(random.nextInt(PATHS.size())));
        }
        return session;
    }

    int count() {
        return sessions.size();
    }

    Optional<Map<String, Object>> find(String id) {
        return sessions.stream()
                .filter(session -> String.valueOf(session.get("id")).equals(id))
                .findFirst();
    }

    /** Returns what the API returns for these parameters. */
    Map<String, Object> page(Optional<String> text, Optional<String> state, String sort, int offset, int limit) {
        String field = sort.startsWith("-") ? sort.substring(1) : sort;
        Comparator<Map<String, Object>> order = Comparator.<Map<String, Object>>comparingDouble(
                        session -> session.get(field) instanceof Number number ? number.doubleValue() : 0)
                .thenComparing(session -> session.getOrDefault(field, "") instanceof String word ? word : "");
        Predicate<Map<String, Object>> wanted = session -> text.filter(part -> !matches(session, part))
                        .isEmpty()
                && state.filter(one -> !one.equals(session.get("state"))).isEmpty();
        List<Map<String, Object>> matching = sessions.stream()
                .filter(wanted)
                .sorted(sort.startsWith("-") ? order.reversed() : order)
                .toList();
        return Map.of(
                "total", sessions.size(),
                "matching", matching.size(),
                "offset", offset,
                "limit", limit,
                "sessions", matching.stream().skip(offset).limit(limit).toList());
    }

    private static boolean matches(Map<String, Object> session, String part) {
        return List.of("client", "user", "server", "path").stream()
                .anyMatch(name -> session.getOrDefault(name, "").toString().contains(part));
    }
}
