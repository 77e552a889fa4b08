package io.ftpalg.server.inspect.icap;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status line and headers of a reply.
 *
 * @param code its status code
 * @param headers its headers in their order; a folded value has its lines, divided by LF
 */
record IcapHead(int code, List<Header> headers) {
    private static final Pattern STATUS = Pattern.compile("ICAP/1\\.[0-9] ([1-5][0-9]{2})(?: .*)?");

    /** One header. */
    record Header(String name, String value) {}

    IcapHead {
        headers = List.copyOf(headers);
    }

    static int code(String statusLine) throws IcapException {
        Matcher status = STATUS.matcher(statusLine);
        if (!status.matches()) {
            throw new IcapException("sent no ICAP status line");
        }
        return Integer.parseInt(status.group(1));
    }

    /** Returns the value of the first header of this name, in either case of letters. */
    Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** Returns whether the service reads another request on the connection. */
    boolean keepsConnection() {
        return header("Connection")
                .filter(value -> value.toLowerCase(Locale.ROOT).contains("close"))
                .isEmpty();
    }

    /** Returns what follows; nothing behind 100 and 204, whatever they announce. */
    Encapsulated encapsulated() throws IcapException {
        Optional<String> value = header("Encapsulated");
        return value.isEmpty() || code == 100 || code == 204 ? Encapsulated.NOTHING : Encapsulated.of(value.get());
    }
}
