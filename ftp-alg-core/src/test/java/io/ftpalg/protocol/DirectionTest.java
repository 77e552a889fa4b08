package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DirectionTest {

    @ParameterizedTest
    @CsvSource({
        "STOR,f,UPLOAD",
        "STOU,,UPLOAD",
        "APPE,f,UPLOAD",
        "RETR,f,DOWNLOAD",
        "LIST,,LISTING",
        "NLST,*,LISTING",
        "MLSD,,LISTING",
        "MLST,f,LISTING",
        "SIZE,f,LISTING",
        "HASH,f,LISTING",
        "STAT,,CONTROL",
        "STAT,f,LISTING",
        "MDTM,f,LISTING",
        "MDTM,20260101000000 f,CHANGE",
        "MDTM,20260101000000,LISTING",
        "MDTM,2026 f,LISTING",
        "MKD,d,CHANGE",
        "XMKD,d,CHANGE",
        "MFMT,20260101000000 f,CHANGE",
        "DELE,f,DELETE",
        "XRMD,d,DELETE",
        "RNFR,f,RENAME",
        "RNTO,f,RENAME",
        "SITE,CHMOD 600 f,CHANGE",
        "SITE,rmdir d,DELETE",
        "SITE,EXEC x,ADMIN",
        "SITE,,ADMIN",
        "SMNT,x,ADMIN",
        "XXXX,x,ADMIN",
        "NOOP,,CONTROL",
        "CWD,d,CONTROL",
        "PASV,,CONTROL"
    })
    void isWhatACommandDoes(String name, String argument, Direction direction) {
        FtpCommand command = FtpCommand.of(name, argument == null ? "" : argument);

        assertThat(Direction.of(command)).isEqualTo(direction);
        assertThat(Direction.of(command.verb())).contains(direction);
    }

    @ParameterizedTest
    @EnumSource(FtpVerb.class)
    void isKnownOfEveryVerb(FtpVerb verb) {
        assertThat(Direction.of(verb)).isNotEmpty();
    }

    /** A server may take quotes and white space away. */
    @Test
    void readsTheWordOfASiteAsAServerMay() {
        assertThat(Direction.siteWord(" \"ch\\mod\" 600 f")).isEqualTo("CHMOD");
    }
}
