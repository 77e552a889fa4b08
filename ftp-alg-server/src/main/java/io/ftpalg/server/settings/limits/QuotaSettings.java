package io.ftpalg.server.settings.limits;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/**
 * The quotas of users and groups.
 *
 * @param store the file in which the counts are kept
 * @param zone where hours, days and months begin
 * @param withoutStore how transfers are handled while the counts cannot be kept
 * @param rules the quotas, at least one
 */
public record QuotaSettings(Path store, ZoneId zone, WithoutStore withoutStore, List<QuotaRule> rules) {

    /** How transfers that have a quota are handled while the counts cannot be kept. */
    public enum WithoutStore {
        /** They are counted in memory. */
        ALLOW,
        /** They are refused. */
        DENY
    }

    public QuotaSettings {
        rules = List.copyOf(rules);
    }
}
