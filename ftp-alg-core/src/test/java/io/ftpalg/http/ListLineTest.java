package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.http.ListEntry.Kind;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListLineTest {

    private static ListLine.Entry entry(String name, Kind kind, Long size, String date) {
        return new ListLine.Entry(new ListEntry(
                name, kind, size == null ? OptionalLong.empty() : OptionalLong.of(size), Optional.ofNullable(date)));
    }

    /** vsftpd, proftpd, pure-ftpd, IIS, servers without groups. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-rw-r--r--    1 1000     1000       123456 Nov 28 15:21 a file.txt|a file.txt|FILE|123456|Nov 28 15:21",
                "-rw-r--r--   1 ftp      ftp             0 Jan  1  2020 x|x|FILE|0|Jan  1  2020",
                "drwxrwsr-t+ 12 ftp ftp 4096 Jan  1  2020 dir|dir|DIRECTORY||Jan  1  2020",
                "lrwxrwxrwx 1 0 0 7 Jan  1  2020 link -> a/target|link|LINK||Jan  1  2020",
                "-rw-r--r-- 1 owner 77 Jan  1  9:05 no group|no group|FILE|77|Jan  1  9:05",
                "prw-r--r-- 1 o g 0 Jan  1 09:05 fifo|fifo|OTHER||Jan  1 09:05",
                "11-28-26  03:21PM       <DIR>          my dir|my dir|DIRECTORY||11-28-26  03:21PM",
                "11-28-2026  15:21              1234 file.txt|file.txt|FILE|1234|11-28-2026  15:21",
            })
    void readsLinesOfList(String line, String name, Kind kind, Long size, String date) {
        assertThat(ListLine.ofList(line)).isEqualTo(entry(name, kind, size, date));
    }

    @Test
    void keepsSpacesThatBeginAName() {
        assertThat(ListLine.ofList("-rw-r--r-- 1 o g 5 Jan  1 09:05   x "))
                .isEqualTo(entry("  x ", Kind.FILE, 5L, "Jan  1 09:05"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=file;size=12;modify=20261128152100;UNIX.mode=0644; a b;c|a b;c|FILE|12|2026-11-28T15:21:00Z",
                "Type=Dir;Sizd=4096;Modify=20261128152100.5; d|d|DIRECTORY||2026-11-28T15:21:00Z",
                "type=OS.unix=slink:/x;size=3; l|l|LINK|3|",
                "type=OS.unix=chr-1/3; c|c|OTHER||",
                "modify=x;size=-1; n|n|OTHER||",
            })
    void readsLinesOfMlsd(String line, String name, Kind kind, Long size, String date) {
        assertThat(ListLine.ofMlsd(line)).isEqualTo(entry(name, kind, size, date));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "total 12",
                "drwxr-xr-x 2 o g 4096 Jan  1 09:05 .",
                "drwxr-xr-x 2 o g 4096 Jan  1 09:05 ..",
                "11-28-26  03:21PM       <DIR>          .",
            })
    void leavesOutWhatIsNoEntryOfTheDirectory(String line) {
        assertThat(ListLine.ofList(line)).isEqualTo(new ListLine.Superfluous());
    }

    @ParameterizedTest
    @ValueSource(strings = {"type=cdir;modify=20261128152100; .", "type=pdir; ..", "type=dir; .."})
    void leavesOutTheDirectoryItselfAndTheOneAbove(String line) {
        assertThat(ListLine.ofMlsd(line)).isEqualTo(new ListLine.Superfluous());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "-rw-r--r-- 1 o g 5 Jan  1 09:05 ",
                "-rw-r--r-- 1 o g 5 Jan  1 09:05 a/b",
                "-rw-r--r-- 1 o g 5 Jan  1 09:05 ../x",
                "-rw-r--r-- 1 o g 1234567890123456789 Jan  1 09:05 x",
                "crw-r--r-- 1 o g 1, 3 Jan  1 09:05 null",
                "-rw-r--r-- 1 o g 5 2026-11-28 09:05 x",
                "zrw-r--r-- 1 o g 5 Jan  1 09:05 x",
                "11-28-26 03:21PM <JUNCTION> x",
                "+i8388621.48594,m825718503,r,s280,\tdjb.html",
            })
    void showsUnknownLinesAsText(String line) {
        assertThat(ListLine.ofList(line)).isEqualTo(new ListLine.Text(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                " name",
                "type=file; ",
                "type=file name",
                "=x; name",
                "type=file; a/b",
                "-rw-r--r-- 1 x"
            })
    void showsUnknownLinesOfMlsdAsText(String line) {
        assertThat(ListLine.ofMlsd(line)).isEqualTo(new ListLine.Text(line));
    }

    /** A hostile line must not take long to refuse: this would not end in a year if it were tried in all ways. */
    @ParameterizedTest
    @ValueSource(strings = {"-rw-r--r-- 1", "drwxr-xr-x 1 a", "11-28-26 03:21PM x", "a=b;"})
    void refusesLongLinesSoon(String start) {
        String line = start + " 1 a".repeat(2000) + "=;".repeat(1000) + " ".repeat(3000);

        assertThat(ListLine.ofList(line)).isEqualTo(new ListLine.Text(line));
        assertThat(ListLine.ofMlsd(line)).isNotNull();
    }
}
