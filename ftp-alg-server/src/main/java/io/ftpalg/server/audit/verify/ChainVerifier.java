package io.ftpalg.server.audit.verify;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.audit.record.AuditEvent;
import io.ftpalg.server.audit.record.AuditField;
import io.ftpalg.server.audit.record.HashChain;
import io.ftpalg.server.audit.record.HashChain.Hashed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks whether lines are those that a sink wrote, in their order, through several files. A line that is no whole one is allowed where
 * the next record names it by its length and hash, as it does behind a kill. Bounded memory; used by one thread.
 */
public final class ChainVerifier {
    /** A longer line is none of a sink. */
    private static final int LONGEST = 1 << 20;

    private static final String OPENED = field(AuditField.EVENT) + '"' + AuditEvent.FILE_OPENED.text() + '"';

    private final HashChain chain;
    private final List<String> notes = new ArrayList<>();
    private String file = "";
    private long line;
    private int files;
    private long records;
    private String first = "";
    private String last = "";
    private Optional<String> wrong = Optional.empty();
    private Optional<Torn> torn = Optional.empty();

    /** A line that is no whole one, or several in a row, until the record behind them is read; one char for one byte. */
    private record Torn(String place, String text, boolean ended) {
        String hash() {
            return HashChain.sha256(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Makes one that has read nothing. */
    public ChainVerifier(Optional<Secret> key) {
        chain = new HashChain(key);
    }

    private static String field(AuditField field) {
        return '"' + field.text() + "\":";
    }

    /** Reads the next file to its end, or to the first line that is wrong. */
    public void read(String name, InputStream in) throws IOException {
        file = name;
        line = 0;
        files++;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && wrong.isEmpty(); next = in.read()) {
            if (next == '\n') {
                take(bytes.toByteArray(), true);
                bytes.reset();
            } else {
                bytes.write(next);
                if (bytes.size() > LONGEST) {
                    line++;
                    fail("is longer than any record");
                }
            }
        }
        if (bytes.size() > 0 && wrong.isEmpty()) {
            take(bytes.toByteArray(), false);
        }
    }

    private void take(byte[] bytes, boolean ended) {
        line++;
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Optional<Hashed> found = HashChain.split(text);
        if (found.isEmpty() || !ended) {
            torn = Optional.of(torn.map(before -> new Torn(before.place(), before.text() + "\n" + text, ended))
                    .orElseGet(() -> new Torn(place(), text, ended)));
            if (torn.get().text().length() > LONGEST) {
                failTorn();
            }
        } else if (torn.isPresent() && !found.get().body().contains(OPENED)) {
            failTorn();
        } else {
            take(found.get());
        }
    }

    private void take(Hashed hashed) {
        String body = hashed.body();
        if (body.contains(OPENED)) {
            opened(body);
        } else if (records == 0) {
            fail("is not the first one of a file: the lines before it were removed");
        }
        if (wrong.isEmpty()
                && !chain.hash(body.getBytes(StandardCharsets.ISO_8859_1)).equals(hashed.hash())) {
            fail("has a hash that does not fit: it was changed, or lines before it were changed, removed or inserted;"
                    + " or the key is another one");
        }
        if (wrong.isEmpty()) {
            chain.continueAfter(hashed.hash());
            records++;
            last = value(body, AuditField.TIME);
            first = first.isEmpty() ? last : first;
        }
    }

    private void opened(String body) {
        String previous = value(body, AuditField.PREVIOUS);
        if (records == 0) {
            chain.continueAfter(previous);
            if (!previous.equals(HashChain.START)) {
                notes.add(place() + ": continues an earlier file, whose last hash is " + previous);
            }
        } else if (!previous.equals(chain.last())) {
            fail(
                    "does not continue the line before: lines between them were removed, or files are missing or not in order");
        }
        String named = value(body, AuditField.TORN_BYTES) + value(body, AuditField.TORN_SHA256);
        String there = torn.map(one -> one.text().length() + one.hash()).orElse("");
        if (!named.equals(there) && wrong.isEmpty()) {
            if (torn.isPresent()) {
                failTorn();
            } else {
                fail("names an incomplete line, which was removed");
            }
        }
        torn.ifPresent(one -> notes.add(one.place()
                + ": not complete: the gateway was killed while it wrote this line; the next record names it"));
        torn = Optional.empty();
    }

    /** Returns the text or number of a field of the gateway's own; a quote in a peer's text has a backslash before it. */
    private static String value(String body, AuditField field) {
        Matcher matcher = Pattern.compile(field(field) + "\"?([0-9A-Za-z:.-]+)").matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }

    private String place() {
        return file + ":" + line;
    }

    private void fail(String why) {
        wrong = Optional.of(place() + ": this line " + why);
    }

    private void failTorn() {
        wrong = torn.map(one -> one.place() + ": this line is no record with a hash: it was changed or inserted");
    }

    /** Returns the first line that is wrong, with the reason, once all files were read. */
    public Optional<String> finish() {
        if (wrong.isEmpty() && torn.isPresent()) {
            if (torn.get().ended()) {
                failTorn();
            } else {
                notes.add(torn.get().place() + ": not complete: it is being written, or the gateway was killed");
            }
        }
        return wrong;
    }

    /** Returns what was read, as lines. */
    public List<String> summary() {
        List<String> lines = new ArrayList<>(notes);
        lines.add((wrong.isEmpty() ? "verified: " : "verified up to the line that is wrong: ")
                + records
                + (records == 1 ? " record in " : " records in ")
                + files
                + (files == 1 ? " file" : " files")
                + (records == 0 ? "" : ", from " + first + " to " + last + ", last hash " + chain.last()));
        return lines;
    }
}
