package io.ftpalg.server.admin;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Divides the path of a request. Stateless. */
final class RequestPath {

    private RequestPath() {}

    /**
     * Returns the decoded parts between the slashes, one empty part for {@code /}; nothing for what leads out of the table, such as
     * {@code ..}, an empty part inside, or a control character, in whatever encoding.
     */
    static Optional<List<String>> parts(String path) {
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        if (path.equals("/")) {
            return Optional.of(List.of(""));
        }
        List<String> parts = new ArrayList<>();
        for (String part : path.substring(1).split("/", -1)) {
            Optional<String> decoded = decoded(part);
            if (decoded.isEmpty()) {
                return Optional.empty();
            }
            parts.add(decoded.get());
        }
        return Optional.of(parts);
    }

    private static Optional<String> decoded(String part) {
        try {
            // A plus is a plus in a path, and a blank in a query only.
            String text = QueryStringDecoder.decodeComponent(part.replace("+", "%2B"), StandardCharsets.UTF_8);
            boolean odd = text.isEmpty()
                    || text.equals(".")
                    || text.equals("..")
                    || text.indexOf('\\') >= 0
                    || text.indexOf('\ufffd') >= 0
                    || text.chars().anyMatch(Character::isISOControl);
            return odd ? Optional.empty() : Optional.of(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
