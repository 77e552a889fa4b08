package io.ftpalg.session.base;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one reply of its lines, where a rule must see it whole; lines beyond a bound are dropped, the last one never. */
public final class ReplyGatherer {
    private static final int MAX_LINES = 1_000;
    private static final int MAX_CHARS = 64 << 10;

    private final List<String> lines = new ArrayList<>(1);
    private int chars;

    /** Takes the next line; returns the reply if it was the last one. */
    public Optional<FtpReply> add(ReplyLine line) {
        if (line.position() == ReplyLine.Position.ONLY) {
            return Optional.of(FtpReply.of(line.code(), line.text()));
        }
        if (line.ends() || lines.size() < MAX_LINES - 1 && chars + line.text().length() <= MAX_CHARS) {
            lines.add(line.text());
            chars += line.text().length();
        }
        if (!line.ends()) {
            return Optional.empty();
        }
        FtpReply reply = new FtpReply(line.code(), lines);
        lines.clear();
        chars = 0;
        return Optional.of(reply);
    }
}
