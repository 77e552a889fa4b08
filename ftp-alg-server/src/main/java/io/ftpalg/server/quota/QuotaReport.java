package io.ftpalg.server.quota;

import io.ftpalg.server.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was used, with its limits, as the API and the command line have it. Stateless. */
public final class QuotaReport {
    private QuotaReport() {}

    /**
     * Returns the report.
     *
     * @param filter text in the name of the user or group
     * @param most how many rows at most
     */
    public static Json.Fields of(
            QuotaTable table, Map<CounterName, Used> used, String store, String state, String filter, int most) {
        String wanted = filter.toLowerCase(Locale.ROOT);
        List<Map.Entry<CounterName, Used>> all = used.entrySet().stream()
                .filter(one ->
                        text(one.getKey().name()).toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        return Json.object()
                .put("store", store)
                .put("state", state)
                .put("total", all.size())
                .put(
                        "quotas",
                        all.stream()
                                .limit(most)
                                .map(one -> row(table, one.getKey(), one.getValue()))
                                .toList());
    }

    private static Json.Fields row(QuotaTable table, CounterName name, Used used) {
        Optional<QuotaTable.Quota> quota = table.of(name);
        return Json.object()
                .put("who", name.group() ? "group" : "user")
                .put("name", text(name.name()))
                .put("period", CounterName.word(name.period()))
                .put("direction", CounterName.word(name.way()))
                .put("bytes", used.bytes())
                .put("bytesLimit", limit(quota.map(QuotaTable.Quota::bytes)))
                .put("files", used.files())
                .put("filesLimit", limit(quota.map(QuotaTable.Quota::files)))
                .put(
                        "until",
                        DateTimeFormatter.ISO_INSTANT
                                .withZone(ZoneOffset.UTC)
                                .format(Instant.ofEpochMilli(used.end())));
    }

    private static Optional<Long> limit(Optional<Long> limit) {
        return limit.filter(one -> one != QuotaTable.NO_LIMIT);
    }

    /** What is a byte each at the control connection is UTF-8 as a rule. */
    static String text(String name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return name;
        }
    }
}
