package io.ftpalg.bench;

import io.ftpalg.policy.FilterContext;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.rules.Action;
import io.ftpalg.rules.Conditions;
import io.ftpalg.rules.Decision;
import io.ftpalg.rules.Rule;
import io.ftpalg.rules.RuleSet;
import io.ftpalg.rules.path.TextPattern;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One decision by 100 rules of which the last matches: of clients, directions, names and paths. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RulesBenchmark {
    private static final int RULES = 100;

    /** What a quarter of the rules looks at besides clients, paths and users. */
    @Param({"paths", "files"})
    public String looksAt = "";

    private RuleSet rules = new RuleSet(List.of(), RuleSet.Default.DENY);
    private final FtpCommand upload = FtpCommand.of(FtpVerb.STOR, "../in/report-2026-11.csv");
    private final FilterContext session = new FilterContext(
            1,
            new InetSocketAddress("10.1.2.3", 40000),
            new InetSocketAddress("10.0.0.1", 21),
            Optional.empty(),
            Optional.of("bob"),
            true,
            Optional.empty(),
            Optional.of(new InetSocketAddress("192.0.2.1", 21)),
            Optional.empty(),
            Optional.of("/home/bob"));

    /** Compiles the rules. */
    @Setup
    public void compile() {
        rules = new RuleSet(rules(looksAt.equals("files")), RuleSet.Default.DENY);
    }

    private static List<Rule> rules(boolean files) {
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < RULES - 1; i++) {
            Conditions none = Conditions.NONE.directions(Direction.UPLOAD);
            Conditions when =
                    switch (i % 4) {
                        case 0 ->
                            none.clients(Cidr.parse("172.16." + i + ".0/24").orElseThrow());
                        case 1 -> none.paths(TextPattern.glob("/other" + i + "/**"));
                        case 2 ->
                            files
                                    ? none.names(TextPattern.globIgnoringCase("*.e" + i))
                                    : none.paths(TextPattern.glob("/secret" + i + "/**"));
                        default -> none.users(TextPattern.glob("user" + i));
                    };
            all.add(new Rule("rule-" + i, "", when, Action.Deny.USUAL));
        }
        all.add(new Rule("last", "", Conditions.NONE.paths(TextPattern.glob("/home/**")), Action.Allow.ANY));
        return all;
    }

    /** Decides on an upload by its path. */
    @Benchmark
    public Decision decide() {
        return rules.decide(upload, session, Instant.EPOCH);
    }
}
