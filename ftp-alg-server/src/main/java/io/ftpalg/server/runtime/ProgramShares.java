package io.ftpalg.server.runtime;

import io.ftpalg.server.bandwidth.SharedRate;
import io.ftpalg.server.concurrency.UseCounts;
import io.ftpalg.server.quota.QuotaKeeper;
import io.ftpalg.server.settings.ProgramSettings;

/**
 * What all gateways of the program share.
 *
 * @param bandwidth how fast their transfers move together
 * @param quotas what users and groups have used
 * @param counts how many sessions and transfers users and groups have
 */
public record ProgramShares(SharedRate bandwidth, QuotaKeeper quotas, UseCounts counts) {

    /** Returns those of one gateway alone, which counts in memory. */
    static ProgramShares ofOne(ProgramSettings settings) {
        return new ProgramShares(SharedRate.of(settings.bandwidth()), new QuotaKeeper(), new UseCounts());
    }

    /** Returns those of these settings, which continue to count there. Opens the store of the first settings that have one. */
    static ProgramShares of(ProgramSettings settings, QuotaKeeper quotas, UseCounts counts) {
        settings.quotas().ifPresent(quotas::use);
        return new ProgramShares(SharedRate.of(settings.bandwidth()), quotas, counts);
    }
}
