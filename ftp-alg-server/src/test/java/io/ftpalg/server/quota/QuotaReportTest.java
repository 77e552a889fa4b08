package io.ftpalg.server.quota;

import static io.ftpalg.server.quota.QuotaTableTest.rule;
import static io.ftpalg.server.quota.QuotaTableTest.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import io.ftpalg.server.settings.limits.QuotaRule.Who;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotaReportTest {
    private static final QuotaTable TABLE = table(rule(Who.EACH_USER, "", Period.DAY, Way.UPLOAD, 100));

    private final Map<CounterName, Used> used = new LinkedHashMap<>();

    QuotaReportTest() {
        used.put(new CounterName(false, "joe", Period.DAY, Way.UPLOAD), new Used(0, 86_400_000, 7, 2));
        used.put(new CounterName(true, "staff", Period.DAY, Way.UPLOAD), new Used(0, 86_400_000, 8, 3));
        used.put(new CounterName(false, "\u00c3\u00a9\u00ff", Period.DAY, Way.UPLOAD), new Used(0, 86_400_000, 8, 3));
    }

    @Test
    void hasWhatWasUsedAndTheLimit() {
        assertThat(report("joe", 10))
                .isEqualTo(
                        "{\"store\":\"f\",\"state\":\"open\",\"total\":1,\"quotas\":[{\"who\":\"user\",\"name\":\"joe\","
                                + "\"period\":\"day\",\"direction\":\"upload\",\"bytes\":7,\"bytesLimit\":100,\"files\":2,"
                                + "\"until\":\"1970-01-02T00:00:00Z\"}]}");
    }

    @Test
    void hasWhatNoQuotaIsForAnyMore() {
        assertThat(report("staff", 10)).contains("\"group\"").doesNotContain("bytesLimit");
    }

    @Test
    void hasAtMostSoMany() {
        assertThat(report("", 1)).contains("\"total\":3").doesNotContain("staff");
    }

    @Test
    void namesThatAreNotUtf8AreShownByteByByte() {
        assertThat(QuotaReport.text("\u00c3\u00a9")).isEqualTo("\u00e9");
        assertThat(QuotaReport.text("\u00ff")).isEqualTo("\u00ff");
    }

    private String report(String filter, int most) {
        return QuotaReport.of(TABLE, used, "f", "open", filter, most).toString();
    }
}
