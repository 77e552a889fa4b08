package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FtpVerbTest {

    @ParameterizedTest
    @EnumSource
    void isFoundByItsNameInAnyCase(FtpVerb verb) {
        assertThat(FtpVerb.of(verb.name())).isSameAs(verb);
        assertThat(FtpVerb.of(verb.name().toLowerCase(Locale.ROOT))).isSameAs(verb);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OTHER",
                "NOSUCH",
                "RET",
                "RETRX",
                " RETR",
                "RETR ",
                "P@SW",
                "pa\u00df",
                "\u017fITE",
                "l\u0131st"
            })
    void isOtherForAnyOtherText(String text) {
        assertThat(FtpVerb.of(text)).isSameAs(FtpVerb.OTHER);
    }

    @Test
    void doesNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));

            assertThat(FtpVerb.of("list")).isSameAs(FtpVerb.LIST);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LOGIN, USER PASS ACCT", "SECRET, PASS ACCT AUTH ADAT MIC CONF ENC", "DATA_PORT, PORT PASV EPRT EPSV",
        "DOWNLOAD, RETR LIST NLST MLSD", "UPLOAD, STOR STOU APPE", "URGENT, QUIT ABOR STAT",
        "SECURITY, AUTH ADAT PBSZ PROT CCC MIC CONF ENC", "REFUSED, LPRT LPSV SPSV CPSV SSCN ALGS"
    })
    void eachTraitIsThatOfTheseVerbsOnly(FtpVerb.Trait trait, String verbs) {
        Set<FtpVerb> expected =
                Stream.of(verbs.split(" ")).map(FtpVerb::valueOf).collect(Collectors.toSet());

        assertThat(EnumSet.allOf(FtpVerb.class))
                .filteredOn(verb -> verb.is(trait))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void thoseThatTransferAreTheDownloadsAndTheUploads() {
        assertThat(EnumSet.allOf(FtpVerb.class))
                .filteredOn(FtpVerb::transfers)
                .containsExactly(
                        FtpVerb.RETR,
                        FtpVerb.LIST,
                        FtpVerb.NLST,
                        FtpVerb.MLSD,
                        FtpVerb.STOR,
                        FtpVerb.STOU,
                        FtpVerb.APPE);
    }

    @ParameterizedTest
    @EnumSource
    void hasItsStandardFormIfItIsAnXForm(FtpVerb verb) {
        boolean xForm = Set.of("XCWD", "XCUP", "XPWD", "XMKD", "XRMD").contains(verb.name());

        assertThat(verb.standard() != verb).isEqualTo(xForm);
        assertThat(verb.standard().standard()).isSameAs(verb.standard());
    }

    @ParameterizedTest
    @CsvSource({"XCWD, CWD", "XCUP, CDUP", "XPWD, PWD", "XMKD, MKD", "XRMD, RMD"})
    void anXFormStandsForItsStandardVerb(FtpVerb xForm, FtpVerb standard) {
        assertThat(xForm.standard()).isSameAs(standard);
    }
}
