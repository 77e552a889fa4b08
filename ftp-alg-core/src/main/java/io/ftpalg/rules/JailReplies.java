package io.ftpalg.rules;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Replies as a session in a jail sees them: paths in the jail begin at its top, and a line that shows another path is masked. What a
 * server writes is text, so this hides names and protects nothing. Stateless.
 */
final class JailReplies {
    private static final int PATHNAME = 257;

    private JailReplies() {}

    static FtpReply seen(FtpReply reply, JailView jail) {
        if (jail.root().isEmpty() || !showsPath(reply)) {
            return reply;
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < reply.lines().size(); i++) {
            boolean middle = i > 0 && i < reply.lines().size() - 1;
            String seen = seen(reply.lines().get(i), reply.code(), jail);
            lines.add(middle && ReplyLine.endsReply(reply.code(), seen) ? ' ' + seen : seen);
        }
        return new FtpReply(reply.code(), lines);
    }

    private static boolean showsPath(FtpReply reply) {
        return reply.lines().stream().anyMatch(line -> line.indexOf('/') >= 0);
    }

    private static String seen(String line, int code, JailView jail) {
        StringBuilder seen = new StringBuilder();
        int at = 0;
        while (at < line.length()) {
            if (!beginsPath(line, at)) {
                seen.append(line.charAt(at++));
            } else if (isInJail(line, at, jail.root())) {
                at += jail.root().length();
                if (at == line.length() || line.charAt(at) != '/') {
                    seen.append('/');
                } else {
                    // The rest of the path up to its end, so that a slash in it is no path of its own.
                    seen.append(line.charAt(at++));
                }
            } else {
                return masked(code);
            }
        }
        return seen.toString();
    }

    /** A slash with a word, a quote or a bracket before it, and a name behind it. */
    private static boolean beginsPath(String line, int at) {
        boolean first = at == 0 || " \t\"'([<=>:,;`".indexOf(line.charAt(at - 1)) >= 0;
        return line.charAt(at) == '/' && first;
    }

    private static boolean isInJail(String line, int at, String root) {
        int end = at + root.length();
        return line.startsWith(root, at) && (end == line.length() || "/\"' \t)]>,;:.`".indexOf(line.charAt(end)) >= 0);
    }

    private static String masked(int code) {
        return code == PATHNAME ? "\"/\"" : code >= 400 ? "Failed." : "Done.";
    }
}
