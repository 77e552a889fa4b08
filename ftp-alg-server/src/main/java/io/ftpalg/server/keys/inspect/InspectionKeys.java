package io.ftpalg.server.keys.inspect;

import static io.ftpalg.server.keys.form.Key.Kind.FILE;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;
import static io.ftpalg.server.keys.form.Key.Kind.TIME;

import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.transfer.Remnant;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.server.inspect.ClamSettings;
import io.ftpalg.server.inspect.InspectionSettings;
import io.ftpalg.server.inspect.InspectionSettings.Hash;
import io.ftpalg.server.inspect.InspectionSettings.Parts;
import io.ftpalg.server.inspect.InspectionSettings.Transfers;
import io.ftpalg.server.inspect.InspectionSettings.Types;
import io.ftpalg.server.inspect.InspectionSettings.Uninspectable;
import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.keys.form.Amounts;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.settings.ClientTlsSettings;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The keys of {@code inspection} of a listener, and what is made of them. */
public final class InspectionKeys {
    private static final Key<Transfers> DIRECTION = Key.choice(
                    "direction", Transfers.values(), "which files are inspected: those of clients, those of servers")
            .standard("both");
    private static final Key<Parts> PARTS = Key.choice(
                    "parts",
                    Parts.values(),
                    "transfers of parts of files (REST, RANG, APPE, COMB): 504, or allow, each inspected as a file")
            .standard("deny");
    private static final Key<Uninspectable> UNINSPECTABLE = Key.choice(
                    "uninspectable",
                    Uninspectable.values(),
                    "allow: tls.auth may be passthrough, whose sessions nothing can inspect")
            .standard("deny");
    private static final Key<Long> HOLD_BACK = Key.of(
                    "hold-back",
                    TEXT,
                    "BYTES",
                    "bytes at the end of each file that are passed on only after the verdict",
                    text -> Amounts.bytes(text, InspectionTerms.LEAST_HELD_BACK, InspectionTerms.MOST_HELD))
            .standard("64KiB");
    private static final Key<Remnant> REMNANT = Key.choice(
                    "remnant",
                    Remnant.values(),
                    "the file that a rejected or cut upload leaves at the server: keep, or delete it by DELE")
            .standard("keep");
    private static final Key<Long> MEMORY = Key.of(
                    "memory",
                    TEXT,
                    "BYTES",
                    "bytes for what all transfers of the listener hold back, twice hold-back each; more get 451",
                    text -> Amounts.bytes(text, 2L * InspectionTerms.LEAST_HELD_BACK, 1L << 40))
            .standard("256MiB");
    private static final Key<Duration> VERDICT_TIMEOUT = Key.of(
                    "verdict-timeout",
                    TIME,
                    "TIME",
                    "time for each verdict, up to 1h; then the file is rejected",
                    text -> Amounts.time(text, Duration.ofHours(1)))
            .standard("60s");
    private static final Key<Long> MAX_SIZE = Key.of(
            "max-size",
            TEXT,
            "BYTES",
            "the largest file; no limit if left out",
            text -> Amounts.bytes(text, 1, 1L << 50));
    private static final Key<String> DENY_NAMES = Key.of(
                    "deny-names",
                    TEXT,
                    "PATTERN",
                    "names of files that are rejected, such as *.exe, in either case of letters",
                    TeeKeys::pattern)
            .repeatable();
    private static final Key<String> TYPES_ALLOW =
            type("allow", "media types of content that pass, such as image/*; all others are rejected");
    private static final Key<String> TYPES_DENY =
            type("deny", "media types of content that are rejected, such as application/x-msdownload");
    private static final Section TYPES =
            Section.of("types", "the type of files by their content, not by their name", TYPES_ALLOW, TYPES_DENY);
    private static final Key<Path> BLOCK_LIST = Key.of(
            "block-list",
            FILE,
            "FILE",
            "SHA-256 of files that are rejected, a line each as of sha256sum; read again when it changes",
            Path::of);
    private static final Section HASH =
            Section.of("hash", "SHA-256 and CRC32C of each file, for the log and the audit", BLOCK_LIST);
    private static final Key<SocketAddress> ADDRESS = Key.of(
                    "address",
                    TEXT,
                    "HOST[:PORT]|/FILE",
                    "clamd's address: of TCP, port 3310 if left out, or its Unix domain socket",
                    InspectionKeys::scanner)
            .needed();
    private static final Key<OnFailure> ON_FAILURE =
            ScannerKeys.onFailure("files that clamd did not scan to their end");
    private static final Key<Long> SCAN_SIZE = ScannerKeys.maxSize(
            "the largest file that is scanned, StreamMaxLength of clamd; with a larger one as on-failure");
    private static final Key<Integer> CONNECTIONS =
            ScannerKeys.connections("files that are scanned at a time; others wait");
    private static final Key<Duration> TIMEOUT =
            ScannerKeys.timeout("time for each answer of clamd, below verdict-timeout");
    private static final Section CLAMAV =
            Section.of("clamav", "the virus scanner clamd", ADDRESS, ON_FAILURE, SCAN_SIZE, CONNECTIONS, TIMEOUT);
    /** The section. */
    public static final Section INSPECTION = Section.of(
            "inspection",
            "inspection of the content of files, docs/inspection.md; none if left out",
            DIRECTION,
            PARTS,
            UNINSPECTABLE,
            HoldingKeys.HOLD,
            HOLD_BACK,
            HoldingKeys.TRICKLE,
            HoldingKeys.SPILL,
            REMNANT,
            MEMORY,
            VERDICT_TIMEOUT,
            MAX_SIZE,
            DENY_NAMES,
            TYPES,
            HASH,
            CLAMAV,
            IcapKeys.ICAP,
            TeeKeys.TEE);

    private InspectionKeys() {}

    private static Key<String> type(String name, String description) {
        return Key.of(name, TEXT, "TYPE/SUBTYPE|TYPE/*", description, InspectionKeys::mediaType)
                .repeatable();
    }

    /** Returns the settings, if the listener has any. */
    public static Optional<InspectionSettings> read(Given listener, ClientTlsSettings tls) {
        if (!listener.offers(INSPECTION) || !listener.has(INSPECTION)) {
            return Optional.empty();
        }
        Given given = listener.section(INSPECTION);
        if (tls.auth().equals(Optional.of(AuthMode.PASSTHROUGH)) && given.get(UNINSPECTABLE) == Uninspectable.DENY) {
            given.problem(
                    "nothing can inspect the sessions of tls.auth-mode passthrough: choose another one, or uninspectable: allow",
                    UNINSPECTABLE);
        }
        Given clamav = given.section(CLAMAV);
        if (given.has(CLAMAV) && clamav.get(TIMEOUT).compareTo(given.get(VERDICT_TIMEOUT)) >= 0) {
            given.problem("clamav.timeout is not below verdict-timeout, which rejects the file: lower it", CLAMAV);
        }
        if (2 * given.get(HOLD_BACK) > given.get(MEMORY)) {
            given.problem("memory is below twice hold-back, so that no file can be held: raise it", MEMORY);
        }
        Given types = given.section(TYPES);
        return Optional.of(new InspectionSettings(
                given.get(DIRECTION),
                given.get(PARTS),
                given.get(HOLD_BACK).intValue(),
                given.get(VERDICT_TIMEOUT),
                given.get(REMNANT),
                HoldingKeys.read(given, given.get(HOLD_BACK), given.get(MEMORY)),
                given.get(MEMORY),
                given.one(MAX_SIZE),
                given.all(DENY_NAMES),
                Optional.of(types)
                        .filter(some -> some.has(TYPES_ALLOW) || some.has(TYPES_DENY))
                        .map(some -> new Types(some.all(TYPES_ALLOW), some.all(TYPES_DENY))),
                given.has(HASH) ? Optional.of(new Hash(given.section(HASH).one(BLOCK_LIST))) : Optional.empty(),
                clamav.one(ADDRESS)
                        .map(address -> new ClamSettings(
                                address,
                                clamav.get(ON_FAILURE),
                                clamav.get(SCAN_SIZE),
                                clamav.get(CONNECTIONS),
                                clamav.get(TIMEOUT))),
                IcapKeys.read(given, given.get(VERDICT_TIMEOUT)),
                TeeKeys.read(given, given.get(VERDICT_TIMEOUT))));
    }

    /** Returns the address of a virus scanner. */
    private static SocketAddress scanner(String text) {
        if (text.startsWith("/")) {
            return UnixDomainSocketAddress.of(text);
        }
        return HostPort.parse(text, 3310)
                .map(address -> InetSocketAddress.createUnresolved(address.host(), address.port()))
                .orElseThrow(() ->
                        new IllegalArgumentException("expected HOST[:PORT], or the path of a Unix domain socket"));
    }

    /** Returns a media type, or all of a kind. */
    private static String mediaType(String text) {
        if (!text.matches("[a-zA-Z0-9.+-]+/(\\*|[a-zA-Z0-9.+_-]+)")) {
            throw new IllegalArgumentException("expected a media type, such as image/png or image/*");
        }
        return text;
    }
}
