package io.ftpalg.server.inspect;

import io.ftpalg.policy.inspect.DataInspector;
import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.Side;
import io.ftpalg.server.inspect.HoldingSettings.Hold;
import io.ftpalg.server.inspect.InspectionSettings.Parts;
import io.ftpalg.server.inspect.InspectionSettings.Transfers;
import io.ftpalg.server.inspect.icap.IcapServices;
import io.ftpalg.server.inspect.scan.ScanListener;
import io.ftpalg.server.inspect.scan.ScannerHealth;
import io.ftpalg.server.inspect.spill.SpillSettings;
import io.ftpalg.server.inspect.spill.SpillSpace;
import io.ftpalg.server.inspect.tee.Tee;
import io.ftpalg.server.inspect.tee.TeeCopy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Inspects the files that transfers of one gateway move; lists of directories pass. Used from all event loops; closed with its gateway.
 */
public final class ContentInspector implements DataInspector, AutoCloseable {
    private final InspectionSettings settings;
    private final InspectionTerms terms;
    private final Optional<SpillSpace> spill;
    /** A buffer that grows may be twice as large as what is in it. */
    private final long heldEach;

    private final FileRules rules;
    private final Optional<TypeRules> types;
    private final Optional<BlockList> blockList;
    private final Optional<ClamClient> clamav;
    private final Optional<IcapServices> icap;
    private final Optional<Tee> tee;
    private final AtomicLong held = new AtomicLong();

    /**
     * Makes one; reads the block list, and begins to check scanners.
     *
     * @param scans receives what scanners decide
     * @throws IOException if the block list cannot be read, or has a line that is no SHA-256, or copies cannot be written
     */
    public ContentInspector(InspectionSettings settings, ScanListener scans) throws IOException {
        this.settings = settings;
        HoldingSettings holding = settings.holding();
        this.terms = new InspectionTerms(
                settings.holdBack(),
                settings.holdBack(),
                settings.verdictTimeout(),
                holding.hold() == Hold.ALL,
                holding.trickle());
        this.spill = holding.spill().isPresent()
                ? Optional.of(new SpillSpace(holding.spill().get()))
                : Optional.empty();
        this.heldEach = 2L
                * Math.max(
                        settings.holdBack(),
                        holding.spill().map(SpillSettings::above).orElse(0));
        this.rules = new FileRules(largest(settings), settings.denyNames());
        this.types = settings.types().map(TypeRules::new);
        // Before what has threads: it may fail.
        this.tee =
                settings.tee().isPresent() ? Optional.of(new Tee(settings.tee().get())) : Optional.empty();
        Optional<BlockList> list = Optional.empty();
        if (settings.hash().flatMap(InspectionSettings.Hash::blockList).isPresent()) {
            list = Optional.of(new BlockList(settings.hash().get().blockList().orElseThrow()));
        }
        this.blockList = list;
        this.clamav = settings.clamav().map(clamd -> new ClamClient(clamd, scans).checked());
        this.icap = Optional.of(settings.icap())
                .filter(services -> !services.isEmpty())
                .map(services -> new IcapServices(services, scans));
    }

    @Override
    public boolean allowsParts(Side sender) {
        return settings.parts() == Parts.ALLOW || !inspects(sender);
    }

    private boolean inspects(Side sender) {
        Transfers which = sender == Side.CLIENT ? Transfers.UPLOADS : Transfers.DOWNLOADS;
        return settings.direction() == Transfers.BOTH || settings.direction() == which;
    }

    @Override
    public Optional<Inspection> inspection(InspectedTransfer transfer) {
        if (!inspects(transfer.sender()) || Direction.of(transfer.command()) == Direction.LISTING) {
            return Optional.empty();
        }
        List<Inspection> chain = new ArrayList<>();
        types.filter(some -> isChosen(InspectionKind.TYPES, transfer))
                .map(TypeInspection::new)
                .ifPresent(chain::add);
        settings.hash()
                .filter(some -> isChosen(InspectionKind.HASH, transfer))
                .map(hash -> new HashInspection(blockList))
                .ifPresent(chain::add);
        clamav.filter(some -> isChosen(InspectionKind.CLAMAV, transfer))
                .map(ClamClient::scan)
                .ifPresent(chain::add);
        icap.filter(some -> isChosen(InspectionKind.ICAP, transfer))
                .map(services -> services.scans(transfer))
                .ifPresent(chain::addAll);
        Optional<TeeCopy> copy =
                tee.filter(some -> isChosen(InspectionKind.TEE, transfer)).flatMap(there -> there.copy(transfer));
        if (settings.hasKindsOnly() && chain.isEmpty() && copy.isEmpty()) {
            return Optional.empty();
        }
        // First: they cost least, and have the size that can be held.
        chain.add(0, rules.of(transfer.command().argument()));
        return Optional.of(new InspectionChain(terms, chain, copy, reservation(), spill.map(SpillSpace::file)));
    }

    private static boolean isChosen(InspectionKind kind, InspectedTransfer transfer) {
        return transfer.inspections().map(kind::in).orElse(true);
    }

    /** Returns whether there is memory for what another transfer holds back; it is given back by the chain. */
    private Optional<Runnable> reservation() {
        if (held.addAndGet(heldEach) > settings.memory()) {
            held.addAndGet(-heldEach);
            return Optional.empty();
        }
        return Optional.of(() -> held.addAndGet(-heldEach));
    }

    /** What cannot be held is too large, too. */
    private static Optional<Long> largest(InspectionSettings settings) {
        long held = settings.holding().spill().map(SpillSettings::maxSize).orElse(Long.MAX_VALUE);
        long most = Math.min(held, settings.maxSize().orElse(Long.MAX_VALUE));
        return Optional.of(most).filter(size -> size < Long.MAX_VALUE);
    }

    /** Returns the bytes that transfers may hold back now. */
    long held() {
        return held.get();
    }

    /** Returns whether its scanners are reachable, as it is now. */
    public List<ScannerHealth> scanners() {
        return Stream.concat(
                        clamav.map(ClamClient::health).stream(),
                        icap.stream().flatMap(services -> services.health().stream()))
                .toList();
    }

    /** Returns how many copies have failed, by the place that they were for; 0 where copies are made and none has. */
    public Map<String, Long> failedCopies() {
        return tee.map(copies -> Map.of(copies.place(), copies.failed())).orElseGet(Map::of);
    }

    @Override
    public void close() {
        spill.ifPresent(SpillSpace::close);
        blockList.ifPresent(BlockList::close);
        clamav.ifPresent(ClamClient::close);
        icap.ifPresent(IcapServices::close);
        tee.ifPresent(Tee::close);
    }
}
