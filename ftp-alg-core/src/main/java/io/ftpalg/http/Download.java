package io.ftpalg.http;

import io.ftpalg.http.ByteRange.Slice;
import io.ftpalg.http.FileRequest.Method;
import io.ftpalg.protocol.Digits;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * GET and HEAD of a file: TYPE, SIZE, MDTM, then for a GET EPSV, REST and RETR. What turns out to be a directory, or is named as
 * one, is a {@link Listing}.
 *
 * <p>A length is sent only if the server has told it for the type of the transfer (RFC 3659 section 4): of text it is not known.
 */
final class Download extends Task {
    private OptionalLong size = OptionalLong.empty();
    private Optional<Instant> modified = Optional.empty();
    private Optional<Slice> slice = Optional.empty();

    Download(Steps steps) {
        super(steps);
    }

    @Override
    void start() {
        if (request().url().directory()) {
            new Listing(steps()).start();
            return;
        }
        boolean text = request().url().type() == FtpUrl.Type.ASCII;
        steps().send(FtpCommand.of(FtpVerb.TYPE, text ? "A" : "I"), reply -> {
            if (!reply.isPositive()) {
                steps().fail(ReplyStatus.of(reply), reply);
            } else if (text) {
                askTime();
            } else {
                steps().send(FtpVerb.SIZE, this::onSize);
            }
        });
    }

    private void onSize(FtpReply reply) {
        size = size(reply);
        if (isMissing(reply) && request().method() == Method.HEAD) {
            // It has no size because it is a directory, or is not there.
            new Listing(steps()).startInstead(reply);
        } else {
            askTime();
        }
    }

    /** Returns the number of a 213 reply. */
    static OptionalLong size(FtpReply reply) {
        String digits = reply.text().strip();
        boolean valid = reply.code() == 213 && digits.length() <= 18 && Digits.only(digits);
        return valid ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }

    static boolean isMissing(FtpReply reply) {
        return reply.code() == 550 || reply.code() == 450;
    }

    private void askTime() {
        steps().send(FtpVerb.MDTM, this::onTime);
    }

    private void onTime(FtpReply reply) {
        modified = reply.code() == 213 ? HttpDates.parseFtp(reply.text()) : Optional.empty();
        boolean old = modified.isPresent()
                && request()
                        .modifiedSince()
                        .filter(since -> !modified.get().isAfter(since))
                        .isPresent();
        if (old) {
            steps().respond(headers(ResponseHead.of(304)), "");
        } else if (request().method() == Method.HEAD) {
            head(reply);
        } else {
            get();
        }
    }

    private void head(FtpReply reply) {
        if (size.isPresent() || modified.isPresent()) {
            ResponseHead head = headers(ResponseHead.of(200));
            steps().respond(size.isPresent() ? head.withLength(size.getAsLong()) : head, "");
        } else if (isMissing(reply)) {
            new Listing(steps()).startInstead(reply);
        } else {
            steps().fail(501, reply);
        }
    }

    private void get() {
        if (size.isPresent() && mayBeRange()) {
            Optional<Slice> wanted = request().range().flatMap(range -> range.of(size.getAsLong()));
            if (wanted.isEmpty()) {
                ResponseHead head =
                        Page.head(416, request().form()).with("Content-Range", "bytes */" + size.getAsLong());
                steps().respond(
                                head,
                                Page.text(
                                        416,
                                        List.of("The file has no such bytes."),
                                        request().form()));
                return;
            }
            slice = wanted;
        }
        steps().openData(this::restart);
    }

    private boolean mayBeRange() {
        return request().range().isPresent()
                && (request().rangeIfUnmodified().isEmpty()
                        || request().rangeIfUnmodified().equals(modified));
    }

    private void restart() {
        long first = slice.map(Slice::first).orElse(0L);
        if (first == 0) {
            retrieve();
        } else {
            steps().send(FtpCommand.of(FtpVerb.REST, String.valueOf(first)), reply -> {
                if (!reply.isIntermediate()) {
                    // The server cannot: the whole file is a correct response too.
                    slice = Optional.empty();
                }
                retrieve();
            });
        }
    }

    private void retrieve() {
        steps().send(FtpVerb.RETR, this::onRetrieve);
    }

    private void onRetrieve(FtpReply reply) {
        if (reply.isPreliminary()) {
            begin();
        } else if (isMissing(reply) && size.isEmpty()) {
            new Listing(steps()).startInstead(reply);
        } else if (isMissing(reply)) {
            steps().fail(ReplyStatus.FORBIDDEN, reply);
        } else {
            steps().fail(ReplyStatus.ofFile(reply), reply);
        }
    }

    private void begin() {
        ResponseHead head = headers(ResponseHead.of(slice.isPresent() ? 206 : 200));
        OptionalLong most = OptionalLong.empty();
        if (slice.isPresent()) {
            Slice part = slice.get();
            head = head.with("Content-Range", "bytes " + part.first() + '-' + part.last() + '/' + size.orElseThrow())
                    .withLength(part.length());
            most = part.last() + 1 < size.orElseThrow() ? OptionalLong.of(part.length()) : OptionalLong.empty();
        } else if (size.isPresent()) {
            head = head.withLength(size.getAsLong());
        }
        steps().download(head, most, Optional.empty());
    }

    private ResponseHead headers(ResponseHead head) {
        boolean text = request().url().type() == FtpUrl.Type.ASCII;
        ResponseHead more = head.with("Content-Type", text ? "text/plain" : "application/octet-stream")
                .with("X-Content-Type-Options", "nosniff");
        if (!text) {
            more = more.with("Accept-Ranges", "bytes");
        }
        return modified.isPresent() ? more.with("Last-Modified", HttpDates.format(modified.get())) : more;
    }
}
