package io.ftpalg.server.keys;

import io.ftpalg.policy.KernelPath;
import io.ftpalg.policy.RelayType;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.settings.DataPlane;
import io.ftpalg.server.settings.HandoverSettings;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.LogFormat;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.settings.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes {@link ProgramSettings} of what the command line or a config file gives; the one place where that happens. Stateless. */
public final class ProgramReader {

    private ProgramReader() {}

    /** Returns the settings; a listener that has a problem, which was reported, is missing. */
    public static ProgramSettings read(Given program) {
        RelayType relay = relay(program);
        List<ListenerSettings> listeners = new ArrayList<>();
        RuleReader rules = new RuleReader(program);
        for (Given listener : program.sections(ProgramKeys.LISTENERS)) {
            ListenerReader.read(listener, rules).ifPresent(listeners::add);
            if (relay == RelayType.KERNEL) {
                checkPorts(program, listener);
            }
        }
        TransparentReader.checkMarks(program);
        return new ProgramSettings(
                listeners,
                program.get(ProgramKeys.TRANSPORT),
                relay,
                new KernelPath(
                        program.get(ProgramKeys.KERNEL_NAME), program.get(ProgramKeys.KERNEL_LOG_GROUP), List.of()),
                program.get(ProgramKeys.DRAIN_TIMEOUT),
                program.get(ProgramKeys.WARM_UP),
                program.all(ProgramKeys.NAME_SERVERS),
                program.offers(BandwidthKeys.TOTAL) ? BandwidthKeys.total(program) : Rate.NONE,
                QuotaKeys.read(program),
                ConcurrencyKeys.read(program),
                program.get(ProgramKeys.VERBOSE),
                program.offers(ProgramKeys.LOG)
                        ? program.section(ProgramKeys.LOG).get(ProgramKeys.LOG_FORMAT)
                        : LogFormat.TEXT,
                program.get(ProgramKeys.RELOAD),
                AdminKeys.read(program),
                OtlpKeys.read(program),
                AuditKeys.read(program),
                handover(program));
    }

    private static Optional<HandoverSettings> handover(Given program) {
        if (!program.offers(ProgramKeys.HANDOVER) || !program.has(ProgramKeys.HANDOVER)) {
            return Optional.empty();
        }
        Given handover = program.section(ProgramKeys.HANDOVER);
        return handover.one(ProgramKeys.HANDOVER_SOCKET)
                .map(path -> new HandoverSettings(path, handover.get(ProgramKeys.OLD_SESSIONS)));
    }

    private static RelayType relay(Given program) {
        RelayType relay = program.get(ProgramKeys.RELAY);
        if (program.get(ProgramKeys.DATA_PLANE) == DataPlane.RELAY) {
            return relay;
        }
        if (program.has(ProgramKeys.RELAY) && relay != RelayType.KERNEL) {
            program.problem("data-plane kernel is the same as relay kernel: leave out relay", ProgramKeys.DATA_PLANE);
        }
        return RelayType.KERNEL;
    }

    private static void checkPorts(Given program, Given listener) {
        if (!listener.has(ListenerKeys.PASSIVE_PORTS) || !listener.has(ListenerKeys.SOURCE_PORTS)) {
            Names names = program.names();
            listener.problem(names.of(program.has(ProgramKeys.DATA_PLANE) ? ProgramKeys.DATA_PLANE : ProgramKeys.RELAY)
                    + " kernel needs " + names.of(ListenerKeys.PASSIVE_PORTS)
                    + ", the ports towards clients, and " + names.of(ListenerKeys.SOURCE_PORTS)
                    + ", those towards servers: the kernel looks at connections to these only");
        }
    }
}
