package io.ftpalg.server.inspect;

import io.ftpalg.policy.transfer.Remnant;
import io.ftpalg.server.inspect.icap.IcapSettings;
import io.ftpalg.server.inspect.tee.TeeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the files that a listener's transfers move are inspected.
 *
 * @param direction which transfers
 * @param parts how transfers of parts of files are handled
 * @param holdBack bytes at the end of a file that are passed on only after the verdict
 * @param verdictTimeout how long a verdict may take
 * @param remnant how a file is handled that a cut upload leaves at the server
 * @param holding what of a file is held until the verdict, and where
 * @param memory bytes that all transfers of the listener may hold back together
 * @param maxSize the largest file, if there is one
 * @param denyNames patterns of file names that are rejected
 * @param types what types of content are rejected, if they are looked at
 * @param hash how hashes are made, if they are
 * @param clamav the virus scanner, if there is one
 * @param icap services of ICAP, in their order
 * @param tee how copies of the files are made, if they are
 */
public record InspectionSettings(
        Transfers direction,
        Parts parts,
        int holdBack,
        Duration verdictTimeout,
        Remnant remnant,
        HoldingSettings holding,
        long memory,
        Optional<Long> maxSize,
        List<String> denyNames,
        Optional<Types> types,
        Optional<Hash> hash,
        Optional<ClamSettings> clamav,
        List<IcapSettings> icap,
        Optional<TeeSettings> tee) {

    public InspectionSettings {
        denyNames = List.copyOf(denyNames);
        icap = List.copyOf(icap);
    }

    /** Returns what rules may choose. */
    public Set<InspectionKind> kinds() {
        Set<InspectionKind> kinds = EnumSet.of(InspectionKind.NONE);
        types.ifPresent(some -> kinds.add(InspectionKind.TYPES));
        hash.ifPresent(some -> kinds.add(InspectionKind.HASH));
        clamav.ifPresent(some -> kinds.add(InspectionKind.CLAMAV));
        tee.ifPresent(some -> kinds.add(InspectionKind.TEE));
        if (!icap.isEmpty()) {
            kinds.add(InspectionKind.ICAP);
        }
        return kinds;
    }

    /** Returns whether there is nothing to inspect but what rules may choose. */
    boolean hasKindsOnly() {
        return maxSize.isEmpty() && denyNames.isEmpty();
    }

    /** Which transfers are inspected. */
    public enum Transfers {
        UPLOADS,
        DOWNLOADS,
        BOTH
    }

    /** How transfers of parts of files are handled: each is inspected as a file of its own. */
    public enum Parts {
        DENY,
        ALLOW
    }

    /** What becomes of sessions that cannot be inspected. */
    public enum Uninspectable {
        DENY,
        ALLOW
    }

    /**
     * Types of content: media types, or all of a kind, such as {@code image/*}.
     *
     * @param allow what else is rejected, unless empty
     * @param deny what is rejected
     */
    public record Types(List<String> allow, List<String> deny) {
        public Types {
            allow = List.copyOf(allow);
            deny = List.copyOf(deny);
        }
    }

    /**
     * Hashes of files.
     *
     * @param blockList a file with the SHA-256 of files that are rejected, if there is one
     */
    public record Hash(Optional<Path> blockList) {}
}
