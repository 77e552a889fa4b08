package io.ftpalg.server.inspect.icap;

import io.ftpalg.server.inspect.scan.Printable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service found, by the headers that services use in practice (draft-stecher-icap-subid, and those of vendors).
 *
 * @param name the name of the virus, or of what else it was, printable
 * @param reason why the file is rejected, printable
 */
record IcapFinding(String name, String reason) {
    private static final Pattern TYPE = Pattern.compile("(?:^|;)\\s*Type\\s*=\\s*([0-9]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern THREAT =
            Pattern.compile("(?:^|;)\\s*Threat\\s*=\\s*([^;]*)", Pattern.CASE_INSENSITIVE);

    /** Returns the finding of the headers of a reply, if there is one. */
    static Optional<IcapFinding> of(IcapHead head) {
        return head.header("X-Infection-Found")
                .map(IcapFinding::infection)
                .or(() -> head.header("X-Virus-ID").map(id -> named("virus", id)))
                .or(() -> head.header("X-Violations-Found").flatMap(IcapFinding::violation))
                .or(() -> head.header("X-Blocked").map(why -> named("blocked", why)));
    }

    /** {@code Type=0; Resolution=2; Threat=Name;}, where 0 is a virus, and others are violations of a policy. */
    private static IcapFinding infection(String value) {
        Matcher type = TYPE.matcher(value);
        Matcher threat = THREAT.matcher(value);
        boolean virus = !type.find() || type.group(1).equals("0");
        return named(virus ? "virus" : "violation", threat.find() ? threat.group(1) : value);
    }

    /** A count, and for each a file, a name, an id and what was done, in lines of their own. */
    private static Optional<IcapFinding> violation(String value) {
        String[] lines = value.split("\n", 4);
        return lines[0].strip().equals("0")
                ? Optional.empty()
                : Optional.of(named("violation", lines.length > 2 ? lines[2] : value));
    }

    private static IcapFinding named(String what, String name) {
        String printable = Printable.of(name.strip());
        return new IcapFinding(printable, what + ' ' + printable);
    }
}
