package io.ftpalg.server.audit.record;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A transfer of a file as one line of WU-FTPD's xferlog(5), as vsftpd and ProFTPD write it too: fourteen fields, the first of which,
 * the time, is five words. Stateless.
 */
public final class XferlogLine {
    private static final Set<String> FILES = Set.of("RETR", "STOR", "STOU", "APPE");
    private static final Set<String> ANONYMOUS = Set.of("anonymous", "ftp");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);

    private XferlogLine() {}

    /** Returns the line without its end, the time in this zone; empty if the record is about no transfer of a file. */
    public static Optional<String> of(AuditRecord record, ZoneId zone) {
        if (record.event() != AuditEvent.TRANSFER_FINISHED
                || !FILES.contains(record.text(AuditField.VERB).orElse(""))) {
            return Optional.empty();
        }
        boolean upload = record.text(AuditField.DIRECTION).orElse("").equals("upload");
        String user = record.text(AuditField.USER).orElse("?");
        return Optional.of(String.join(
                " ",
                TIME.format(record.time().atZone(zone)),
                String.valueOf(Math.max(1, record.number(AuditField.DURATION_MS) / 1000)),
                word(record.text(AuditField.CLIENT_IP).orElse("?")),
                String.valueOf(record.number(upload ? AuditField.BYTES_TO_SERVER : AuditField.BYTES_TO_CLIENT)),
                word(record.text(AuditField.PATH).orElse("?")),
                "b",
                "_",
                upload ? "i" : "o",
                ANONYMOUS.contains(user.toLowerCase(Locale.ROOT)) ? "a" : "r",
                word(user),
                "ftp",
                "0",
                "*",
                record.text(AuditField.END).orElse("").equals("COMPLETE") ? "c" : "i"));
    }

    /** A word has no space in it. */
    private static String word(String text) {
        String word = AuditText.ofPeer(text).replaceAll("\\s", "_");
        return word.isEmpty() ? "?" : word;
    }
}
