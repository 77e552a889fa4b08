package io.ftpalg.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request for a file or directory of a server, understood.
 *
 * @param method what to do with it
 * @param url where it is, with the credentials for the server that were in the URL
 * @param credentials those for the server, of the header or else of the URL
 * @param range which bytes are wanted, if not all
 * @param rangeIfUnmodified the time that the file must have for {@code range} to count, if it must (If-Range)
 * @param modifiedSince the time after which the file must have been modified to be sent, if it must
 * @param form that of texts in the response
 */
public record FileRequest(
        Method method,
        FtpUrl url,
        Optional<Credentials> credentials,
        Optional<ByteRange> range,
        Optional<Instant> rangeIfUnmodified,
        Optional<Instant> modifiedSince,
        TextForm form) {

    /** What is done. */
    public enum Method {
        GET,
        HEAD,
        PUT,
        DELETE
    }

    /**
     * Reads a request.
     *
     * @param headers returns the values of a header, by its name in lower case
     * @throws HttpRefusal if it is none that can be carried out
     */
    public static FileRequest of(String method, String target, Function<String, List<String>> headers)
            throws HttpRefusal {
        Method what = method(method);
        FtpUrl url = url(target);
        checkBody(what, headers);
        Optional<String> authorization = one(headers, "authorization");
        Optional<Credentials> credentials = authorization.isPresent()
                ? Optional.of(Credentials.ofHeader("Authorization", authorization.get()))
                : url.credentials();
        Optional<String> ifRange = one(headers, "if-range");
        Optional<Instant> unmodified = ifRange.flatMap(HttpDates::parse);
        // An entity tag never matches, since no response has one.
        boolean wanted = what == Method.GET && (ifRange.isEmpty() || unmodified.isPresent());
        return new FileRequest(
                what,
                url,
                credentials,
                one(headers, "range").filter(some -> wanted).flatMap(ByteRange::parse),
                unmodified,
                one(headers, "if-modified-since")
                        .filter(some -> what == Method.GET || what == Method.HEAD)
                        .flatMap(HttpDates::parse),
                TextForm.of(headers.apply("accept")));
    }

    private static Method method(String name) throws HttpRefusal {
        return switch (name) {
            case "GET" -> Method.GET;
            case "HEAD" -> Method.HEAD;
            case "PUT" -> Method.PUT;
            case "DELETE" -> Method.DELETE;
            default -> throw new HttpRefusal(501, "The method is not supported: use GET, HEAD, PUT or DELETE.");
        };
    }

    private static FtpUrl url(String target) throws HttpRefusal {
        if (FtpUrl.isFtp(target)) {
            return FtpUrl.parse(target);
        }
        if (target.startsWith("/") || target.equals("*")) {
            throw HttpRefusal.bad(
                    "This is an HTTP proxy for FTP and has no pages of its own: set ftp_proxy to its address, and ask"
                            + " for an ftp:// URL.");
        }
        throw new HttpRefusal(501, "Only ftp:// URLs are supported here: use another proxy for other URLs.");
    }

    private static void checkBody(Method method, Function<String, List<String>> headers) throws HttpRefusal {
        boolean chunked = !headers.apply("transfer-encoding").isEmpty();
        Optional<String> length = one(headers, "content-length");
        if (method != Method.PUT
                && (chunked || length.filter(value -> !value.equals("0")).isPresent())) {
            throw HttpRefusal.bad("Only a PUT has a body here.");
        }
        if (method == Method.PUT && !chunked && length.isEmpty()) {
            throw new HttpRefusal(411, "A PUT needs Content-Length, or Transfer-Encoding: chunked.");
        }
        if (method == Method.PUT && !headers.apply("content-range").isEmpty()) {
            throw HttpRefusal.bad("Content-Range is not supported in a PUT: send the whole file.");
        }
    }

    private static Optional<String> one(Function<String, List<String>> headers, String name) throws HttpRefusal {
        List<String> values = headers.apply(name);
        if (values.size() > 1) {
            throw HttpRefusal.bad("The header " + name + " is there more than once.");
        }
        return values.stream().map(String::strip).findFirst();
    }
}
