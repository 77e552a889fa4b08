package io.ftpalg.session.base;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.ReplyLine;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The working directory at the server, as far as it is known for certain (RFC 959 sections 4.1.1 and 5.4, appendix II). Owned
 * by the session.
 */
public final class WorkingDirectory {
    private static final int PATHNAME = 257;
    /** Segments that only the server can resolve: a link may be in the way of {@code ..}, and shells expand others. */
    private static final Pattern UNRESOLVED = Pattern.compile("(^|.*/)\\.\\.?(/.*|$)|~.*|.*[\\\\*?\\[{].*");

    private Optional<String> path = Optional.empty();

    /** Returns the path, if it is known. */
    public Optional<String> path() {
        return path;
    }

    /** Nothing is known: another user, or another server. */
    public void forget() {
        path = Optional.empty();
    }

    /** The server sent the last line of its final reply to this command. */
    public void onReply(FtpCommand command, ReplyLine line) {
        switch (command.verb()) {
            case PWD, XPWD -> {
                if (line.code() == PATHNAME) {
                    path = quoted(line.text());
                }
            }
            case CWD, XCWD -> {
                if (line.code() / 100 == 2) {
                    path = resolve(command.argument());
                }
            }
            case CDUP, XCUP -> {
                if (line.code() / 100 == 2) {
                    forget();
                }
            }
            default -> {
                // No other command changes the directory.
            }
        }
    }

    private Optional<String> resolve(String argument) {
        if (argument.isEmpty() || UNRESOLVED.matcher(argument).matches()) {
            return Optional.empty();
        }
        if (argument.startsWith("/")) {
            return Optional.of(withoutLastSlash(argument));
        }
        return path.filter(parent -> parent.startsWith("/"))
                .map(parent -> withoutLastSlash((parent.equals("/") ? "" : parent) + '/' + argument));
    }

    private static String withoutLastSlash(String name) {
        String single = name.replaceAll("/+", "/");
        return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }

    /** The pathname in the text of a 257: in quotes, a quote in it doubled. */
    private static Optional<String> quoted(String text) {
        if (!text.startsWith("\"")) {
            return Optional.empty();
        }
        StringBuilder name = new StringBuilder();
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (i + 1 == text.length() || text.charAt(i + 1) != '"') {
                    return name.isEmpty() ? Optional.empty() : Optional.of(name.toString());
                }
                i++;
            }
            name.append(c);
        }
        return Optional.empty();
    }
}
