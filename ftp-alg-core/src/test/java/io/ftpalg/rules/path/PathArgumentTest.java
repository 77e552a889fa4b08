package io.ftpalg.rules.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PathArgumentTest {

    private static PathArgument of(String line) {
        int space = line.indexOf(' ');
        return PathArgument.of(
                space < 0
                        ? FtpCommand.of(line, "")
                        : FtpCommand.of(line.substring(0, space), line.substring(space + 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "RETR a b|a b|ONE",
                "APPE /in/f|/in/f|ONE",
                "STOU|``|ONE",
                "XMKD d|d|ONE",
                "XCWD ..|..|ONE",
                "CDUP|..|ONE",
                "RNFR d|d|TREE",
                "RNTO d|d|ONE",
                "RMDA d|d|TREE",
                "MLSD|``|ONE",
                "MLST f|f|ONE",
                "STAT /etc|/etc|ONE",
                "STAT -la /etc|/etc|ONE",
                "LIST|``|ONE",
                "LIST -la|``|ONE",
                "LIST -la /etc|/etc|ONE",
                "LIST -l -a  x|` x`|ONE",
                "LIST -laR /etc|/etc|BELOW",
                "NLST *.csv|``|BELOW",
                "NLST /in/*.csv|/in|BELOW",
                "NLST /*|/|BELOW",
                "LIST in/a?/b|in|BELOW",
                "MDTM f|f|ONE",
                "MDTM 20260101000000 f g|f g|ONE",
                "MFMT 20260101000000 f|f|ONE",
                "MFF modify=2026;x=y; a b|a b|ONE",
                "XCRC f|f|ONE",
                "XMD5 \"a b\" 0 100|a b|ONE",
                "SITE CHMOD 644 a b|a b|ONE",
                "SITE chmod 644 f|f|ONE",
                "SITE UTIME 202601010000 f|f|ONE",
                "SITE UTIME f 20260101000000 20260101000000 20260101000000 UTC|f|ONE",
                "SITE MKDIR d|d|ONE",
                "PRET RETR f|f|ONE"
            })
    void isThePathOfACommand(String line, String path, NamedPath.Scope scope) {
        PathArgument argument = of(line);

        assertThat(argument.unreadable()).isEmpty();
        assertThat(argument.path()).hasValueSatisfying(named -> {
            assertThat(named.path()).isEqualTo(path);
            assertThat(named.scope()).isEqualTo(scope);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "STOR",
                "RETR",
                "RNFR",
                "LIST /in /etc",
                "LIST x ../y",
                "LIST /in -R",
                "NLST .*/f",
                "NLST {..,in}/f",
                "NLST [.][.]/f",
                "NLST */../f",
                "MFMT 20260101000000",
                "MFF modify=1 f",
                "XCRC a 0 1",
                "XCRC \"a\" \"b\"",
                "SITE CHMOD 644",
                "SITE CPFR /etc/passwd",
                "SITE  CHMOD 644 f",
                "SITE \"CHMOD\" 644 f",
                "SITE UTIME f 1 2 3 UTC",
                "SITE UTIME a b",
                "COMB a b",
                "SMNT x",
                "XXXX f",
                "PRET PRET f",
                "PRET",
                "PRET XXXX f"
            })
    void isNotReadWhereItCouldBeAnother(String line) {
        assertThat(of(line).unreadable()).isPresent();
        assertThat(of(line).path()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NOOP", "PWD", "STAT", "SITE HELP", "SITE IDLE 60", "SYST", "USER bob", "TYPE I", "PRET LIST", "XXXX"})
    void isNothingForACommandThatNamesNone(String line) {
        assertThat(of(line)).isEqualTo(new PathArgument(Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(FtpVerb.class)
    void isFoundForEveryVerb(FtpVerb verb) {
        String name = verb == FtpVerb.OTHER ? "XXXX" : verb.name();

        assertThat(PathArgument.of(FtpCommand.of(name, "f"))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "LIST|/in/acme",
                "LIST -la|-la /in/acme",
                "LIST -la x|-la /in/acme",
                "NLST *.csv|/in/acme/*.csv",
                "NLST a/*.csv|/in/acme/*.csv",
                "SITE CHMOD 644 f|CHMOD 644 /in/acme",
                "XMD5 \"a b\" 0 1|\"/in/acme\" 0 1",
                "MFMT 20260101000000 f|20260101000000 /in/acme"
            })
    void givesTheArgumentWithAnotherPath(String line, String argument) {
        assertThat(of(line).path().orElseThrow().argumentWith("/in/acme")).isEqualTo(argument);
    }

    @Test
    void writesNoSecondSlashAtTheTop() {
        assertThat(of("NLST a/*.csv").path().orElseThrow().argumentWith("/")).isEqualTo("/*.csv");
        assertThat(of("NLST *.csv").path().orElseThrow().argumentWith("/")).isEqualTo("/*.csv");
    }
}
