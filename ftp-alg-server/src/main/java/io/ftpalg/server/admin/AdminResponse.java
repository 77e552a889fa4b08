package io.ftpalg.server.admin;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** What a route responds. The headers that protect a browser are added to each. Immutable. */
public sealed interface AdminResponse {
    /** The content type of text for people. */
    String TEXT = "text/plain; charset=utf-8";
    /** The content type of JSON. */
    String JSON = "application/json";

    /** Returns a response with this text as its body. */
    static AdminResponse of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a response with these bytes as its body; they must not change any more. */
    static AdminResponse of(int status, String contentType, byte[] body) {
        return new Whole(status, contentType, body, Map.of());
    }

    /** Returns JSON with status 200. */
    static AdminResponse json(String body) {
        return of(200, JSON, body);
    }

    /**
     * Returns an error of the API: {@code {"error": {"code": "...", "message": "..."}}}, with a code of the status, and a message that
     * names the thing, the fact and the remedy.
     */
    static AdminResponse error(int status, String message) {
        String code =
                switch (status) {
                    case 400 -> "bad-request";
                    case 401 -> "unauthorized";
                    case 403, 421 -> "forbidden";
                    case 404 -> "not-found";
                    case 405 -> "method-not-allowed";
                    case 409 -> "conflict";
                    case 413, 414, 431 -> "too-large";
                    case 415 -> "unsupported-media-type";
                    case 422 -> "refused";
                    case 503, 504 -> "unavailable";
                    default -> "internal-error";
                };
        return of(
                status,
                JSON,
                "{\"error\": {\"code\": \"" + code + "\", \"message\": " + JsonText.quoted(message) + "}}\n");
    }

    /**
     * Returns a stream of server-sent events; it begins when the headers are sent.
     *
     * @param begin called on the event loop of the admin server, once
     */
    static AdminResponse events(Consumer<EventStream> begin) {
        return new Events(begin);
    }

    /** Returns the response with one more header, of lower-case name; not of a stream. */
    default AdminResponse withHeader(String name, String value) {
        throw new IllegalStateException("a stream has no headers of its own");
    }

    /** A body that is there at once. */
    final class Whole implements AdminResponse {
        private final int status;
        private final String contentType;
        private final byte[] body;
        private final Map<String, String> headers;

        private Whole(int status, String contentType, byte[] body, Map<String, String> headers) {
            this.status = status;
            this.contentType = contentType;
            this.body = body;
            this.headers = headers;
        }

        /** Returns the status. */
        public int status() {
            return status;
        }

        /** Returns the content type. */
        public String contentType() {
            return contentType;
        }

        /** Returns the body as text. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        byte[] body() {
            return body;
        }

        /** Returns the headers that the route added. */
        public Map<String, String> headers() {
            return headers;
        }

        @Override
        public Whole withHeader(String name, String value) {
            Map<String, String> more = new java.util.LinkedHashMap<>(headers);
            more.put(name, value);
            return new Whole(status, contentType, body, Map.copyOf(more));
        }
    }

    /**
     * Events that are sent as they happen.
     *
     * @param begin receives the stream
     */
    record Events(Consumer<EventStream> begin) implements AdminResponse {}
}
