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
 * @param json whether people are not the readers: lists and errors are JSON
 */
public record FileRequest(
        Method method,
        FtpUrl url,
        Optional<Credentials> credentials,
        Optional<ByteRange> range,
        Optional<Instant> rangeIfUnmodified,
        Optional<Instant> modifiedSince,
        boolean json) {

    /** What is done. */
    public enum Method {
        GET,
        HEAD,
        PUT,
        DELETE
    }

    private static final String JSON = "application/json";
    private static final String HTML = "text/html";

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
                prefersJson(headers.apply("accept")));
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

    /** Whether JSON is named with a higher weight than HTML; a wildcard names neither (RFC 9110 section 12.5.1). */
    private static boolean prefersJson(List<String> accept) {
        double json = 0;
        double html = 0;
        for (String range : String.join(",", accept).split(",")) {
            String[] parts = range.split(";");
            double weight = weight(parts);
            if (parts[0].strip().equalsIgnoreCase(JSON)) {
                json = weight;
            } else if (parts[0].strip().equalsIgnoreCase(HTML)) {
                html = weight;
            }
        }
        return json > html;
    }

    private static double weight(String... parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
