package io.ftpalg.server.admin;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpUtil;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is refused of any request, whatever its route: what a page of another origin can make a browser send. Stateless.
 *
 * <p>A name in {@code Host} that is not ours is one that an attacker's DNS points to us. A request that changes something needs what
 * no page can send to another origin unasked: a content type of JSON, or a header of ours, which this server never permits.
 */
final class RequestRules {
    /** The header that a request without JSON has if it changes something. */
    static final String OWN_HEADER = "x-ftp-alg";

    private RequestRules() {}

    /** Returns why a request is refused, if it is. */
    static Optional<AdminResponse> refusal(AdminMethod method, HttpHeaders headers, AdminAccess access) {
        if (!access.socket() && !isOurs(headers, access)) {
            return Optional.of(AdminResponse.error(
                    421,
                    "Host is no name of this server: use an IP address or localhost, or add the name to admin.hosts"));
        }
        if (isOfAnotherOrigin(method, headers, access)) {
            return Optional.of(AdminResponse.error(403, "the request is from a page of another origin"));
        }
        if (method != AdminMethod.GET && !headers.contains(OWN_HEADER) && !isJson(headers)) {
            return Optional.of(AdminResponse.error(
                    415,
                    "a request that changes something needs Content-Type application/json, or the header X-Ftp-Alg"));
        }
        return Optional.empty();
    }

    private static boolean isOurs(HttpHeaders headers, AdminAccess access) {
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1) {
            return false;
        }
        return HostPort.parse(hosts.get(0), 80)
                .map(HostPort::host)
                .filter(host -> host.equalsIgnoreCase("localhost")
                        || IpLiteral.parse(host).isPresent()
                        || access.hosts().contains(host.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    private static boolean isOfAnotherOrigin(AdminMethod method, HttpHeaders headers, AdminAccess access) {
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        String own = (access.tls().isPresent() ? "https://" : "http://") + headers.get(HttpHeaderNames.HOST, "");
        if (origin != null && !origin.equalsIgnoreCase(own)) {
            return true;
        }
        String site = headers.get("sec-fetch-site", "none");
        // A link on another page leads here, and nothing else does.
        boolean visits = method == AdminMethod.GET && "navigate".equals(headers.get("sec-fetch-mode"));
        return !site.equals("none") && !site.equals("same-origin") && !visits;
    }

    private static boolean isJson(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        CharSequence mime = type == null ? null : HttpUtil.getMimeType(type);
        return mime != null
                && "application/json".equalsIgnoreCase(mime.toString().trim());
    }
}
