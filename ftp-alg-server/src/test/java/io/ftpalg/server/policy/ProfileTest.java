package io.ftpalg.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ftpalg.rules.RuleSet;
import io.ftpalg.rules.ShadowedRules;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProfileTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read-only | RETR x | true",
                "read-only | LIST -la /etc | true",
                "read-only | MDTM x | true",
                "read-only | XCWD x | true",
                "read-only | STOR x | false",
                "read-only | APPE x | false",
                "read-only | STOU | false",
                "read-only | DELE x | false",
                "read-only | XMKD x | false",
                "read-only | RNFR x | false",
                "read-only | SITE CHMOD 644 x | false",
                "read-only | MFMT 20260101000000 x | false",
                "read-only | MDTM 20260101000000 x | false",
                "read-only | XDUP x | false",
                "upload-only | STOR x | true",
                "upload-only | STOU | true",
                "upload-only | RETR x | false",
                "upload-only | LIST | false",
                "upload-only | NLST * | false",
                "upload-only | SIZE x | false",
                "upload-only | MLST x | false",
                "upload-only | STAT x | false",
                "upload-only | STAT | true",
                "upload-only | DELE x | false",
                "upload-only | MKD x | false",
                "upload-only | CWD x | true",
                "anonymous-only | USER Anonymous | true",
                "anonymous-only | USER ftp@ftp.example.com | true",
                "anonymous-only | USER bob | false",
                "anonymous-only | USER anonymousbob | false",
                "anonymous-only | user=ftp RETR x | true",
                "anonymous-only | user=bob RETR x | false",
                "anonymous-only | user=ftp STOR x | false",
                "anonymous-only | RETR x | false",
                "strict | RETR x | true",
                "strict | XPWD | true",
                "strict | SITE CHMOD 644 x | true",
                "strict | site umask | true",
                "strict | SITE CHMODX | false",
                "strict | SITE SYMLINK a b | false",
                "strict | XCRC x | false",
                "strict | HASH x | false",
                "strict | XDUP x | false",
                "compat | XDUP x | true",
                "compat | SITE CPFR x | false"
            })
    void decides(String profile, String question, boolean allowed) {
        RuleSet rules = new RuleSet(Profile.of(profile).rules(), RuleSet.Default.ALLOW);

        assertThat(Answer.of(rules, Question.of(question, Instant.EPOCH)).allowed())
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @EnumSource
    void decidesOnAllCommands(Profile profile) {
        assertThat(profile.rules().get(profile.rules().size() - 1).when().needPath())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void hasNoRuleThatCanNeverMatch(Profile profile) {
        assertThat(ShadowedRules.of(profile.rules())).isEmpty();
    }

    @Test
    void isFoundByItsWordOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.of("READ_ONLY"))
                .withMessage("expected one of read-only, upload-only, anonymous-only, strict, compat");
    }
}
