package io.ftpalg.http;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The head of a response, but what belongs to the connection: Date, Connection, Transfer-Encoding.
 *
 * @param status its status
 * @param headers its headers, in order
 * @param length how long the body is, if that is known
 */
public record ResponseHead(int status, List<Header> headers, OptionalLong length) {

    /** A header; its value has no control characters. */
    public record Header(String name, String value) {
        public Header {
            if (value.chars().anyMatch(c -> c < ' ' || c >= 0x7F)) {
                throw new IllegalArgumentException("a header has printable ASCII only: " + name);
            }
        }
    }

    public ResponseHead {
        headers = List.copyOf(headers);
    }

    static ResponseHead of(int status) {
        return new ResponseHead(status, List.of(), OptionalLong.empty());
    }

    ResponseHead with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new ResponseHead(status, more, length);
    }

    ResponseHead withLength(long bytes) {
        return new ResponseHead(status, headers, OptionalLong.of(bytes));
    }
}
