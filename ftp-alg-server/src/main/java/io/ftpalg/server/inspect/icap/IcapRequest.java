package io.ftpalg.server.inspect.icap;

import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.Side;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The request for one file: an upload is a PUT of its {@code ftp://} URL, a download the response to a GET. The host of the URL is
 * {@code ftp.invalid}: a transfer has no server that a service could look up.
 *
 * @param method REQMOD or RESPMOD
 * @param preview bytes of the preview, if there is one
 * @param head all before the body
 */
record IcapRequest(String method, Optional<Integer> preview, String head) {
    static final int LONGEST_PATH = 2000;
    private static final String HOST = "ftp.invalid";
    private static final String AS_THEY_ARE = "-._~/!$'()*+,;=:@";

    static IcapRequest of(IcapSettings settings, IcapOptions options, InspectedTransfer transfer) {
        String method = options.method(transfer.sender() == Side.CLIENT);
        Optional<Integer> preview = options.sending(extension(path(transfer))) == IcapOptions.Sending.PREVIEW
                ? options.preview()
                : Optional.empty();
        String url = "ftp://" + HOST + escaped(path(transfer));
        boolean request = method.equals(IcapOptions.REQMOD);
        String asked = (request ? "PUT " : "GET ") + url + " HTTP/1.1\r\nHost: " + HOST + "\r\n"
                + (request ? "Content-Type: application/octet-stream\r\n" : "") + "\r\n";
        String replied = request ? "" : "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n";
        String encapsulated = request
                ? "req-hdr=0, req-body=" + asked.length()
                : "req-hdr=0, res-hdr=" + asked.length() + ", res-body=" + (asked.length() + replied.length());
        StringBuilder head = new StringBuilder(begin(method, settings.url()));
        if (options.allow204()) {
            head.append("Allow: 204\r\n");
        }
        preview.ifPresent(bytes -> head.append("Preview: ").append(bytes).append("\r\n"));
        if (settings.clientIp() && transfer.client().getAddress() != null) {
            String address = transfer.client().getAddress().getHostAddress();
            head.append("X-Client-IP: ").append(address.split("%", 2)[0]).append("\r\n");
        }
        if (settings.user()) {
            transfer.proxyUser().map(ProxyUser::name).or(transfer::user).ifPresent(user -> head.append(
                            "X-Authenticated-User: ")
                    .append(Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.ISO_8859_1)))
                    .append("\r\n"));
        }
        head.append("Encapsulated: ")
                .append(encapsulated)
                .append("\r\n\r\n")
                .append(asked)
                .append(replied);
        return new IcapRequest(method, preview, head.toString());
    }

    /** Returns an OPTIONS request. */
    static String options(IcapUrl url) {
        return begin("OPTIONS", url) + "Encapsulated: null-body=0\r\n\r\n";
    }

    private static String begin(String method, IcapUrl url) {
        return method + ' ' + url + " ICAP/1.0\r\nHost: " + url.authority() + "\r\nUser-Agent: ftp-alg\r\n";
    }

    /** Returns the extension of the file, {@code ""} if it has none. */
    static String extension(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** Returns the absolute path of the file as far as it is known; of a long one the end. */
    static String path(InspectedTransfer transfer) {
        String argument = transfer.command().argument();
        String path = argument.startsWith("/")
                ? argument
                : transfer.directory().orElse("").replaceFirst("/+$", "") + '/' + argument;
        String absolute = path.startsWith("/") ? path : '/' + path;
        return absolute.length() > LONGEST_PATH
                ? '/' + absolute.substring(absolute.length() - LONGEST_PATH + 1)
                : absolute;
    }

    private static String escaped(String path) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || AS_THEY_ARE.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", c & 0xff));
            }
        }
        return text.toString();
    }

    /** Returns whether an encapsulated response is one of the service itself. */
    boolean isOfRequest() {
        return method.equals(IcapOptions.REQMOD);
    }
}
