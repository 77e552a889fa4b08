package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.demo.DemoCommand;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code --help} and {@code --version} print: Main, GroupedOptions, BuildInfo. */
class MainTest {

    @Test
    void helpGroupsEveryOptionOnce() {
        List<String> help = Main.commandLine().getUsageMessage().lines().toList();

        assertThat(help)
                .contains(
                        "Where sessions go:",
                        "Data connections:",
                        "TLS with clients:",
                        "TLS with servers:",
                        "Running:");
        assertThat(Main.commandLine().getCommandSpec().options()).allSatisfy(option -> assertThat(help)
                .filteredOn(line -> line.matches(" +(-., )?" + option.longestName() + "(?![a-z-]).*"))
                .as(option.longestName())
                .hasSize(1));
    }

    @Test
    void helpFitsOnTwoPages() {
        assertThat(Main.commandLine().getUsageMessage().lines())
                .hasSizeLessThanOrEqualTo(120)
                .allMatch(line -> line.length() <= 100);
    }

    /** Many clients with one address are the most frequent reason for a 421 that nobody expects. */
    @Test
    void helpNamesInOneLineWhatClientsWithOneAddressNeed() {
        assertThat(Main.commandLine().getUsageMessage().lines())
                .filteredOn(line -> line.startsWith("Behind NAT"))
                .singleElement()
                .asString()
                .contains(
                        "--max-per-address", "--max-new-per-address", "--failed-logins-per-address", "--passive-share");
    }

    @Test
    void helpOfTheDemoNamesItsOptions() {
        assertThat(new CommandLine(new DemoCommand()).getUsageMessage(CommandLine.Help.Ansi.OFF))
                .startsWith("Usage: ftp-alg demo")
                .contains("--keep", "--size=MIB", "--verbose");
    }

    @Test
    void samplesLeaksSeldomUnlessAskedOtherwise() {
        String before = System.getProperty(Main.LEAK_SAMPLING);
        try {
            System.clearProperty(Main.LEAK_SAMPLING);
            Main.sampleLeaksSeldom();
            assertThat(System.getProperty(Main.LEAK_SAMPLING)).isEqualTo("4096");

            System.setProperty(Main.LEAK_SAMPLING, "1");
            Main.sampleLeaksSeldom();
            assertThat(System.getProperty(Main.LEAK_SAMPLING)).isEqualTo("1");
        } finally {
            if (before == null) {
                System.clearProperty(Main.LEAK_SAMPLING);
            } else {
                System.setProperty(Main.LEAK_SAMPLING, before);
            }
        }
    }

    @Test
    void versionTellsWhatItRunsOn() {
        String[] lines = new BuildInfo().getVersion();

        assertThat(lines[0]).matches("ftp-alg [0-9]+\\.[0-9]+\\.[0-9]+.*");
        assertThat(lines[1]).startsWith("Java " + Runtime.version());
        assertThat(lines[2]).matches("Netty 4\\.[0-9]+\\..*");
        assertThat(lines[3]).startsWith("Transports ").endsWith("nio");
    }
}
