package io.ftpalg.server.ctl;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The content of a body in chunks (RFC 9112 section 7.1). Used by one thread. */
final class ChunkedInput extends InputStream {
    private final InputStream in;
    private int left;
    private boolean ended;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        if (left == 0 && !ended) {
            begin();
        }
        if (ended) {
            return -1;
        }
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("the response is cut");
        }
        left--;
        if (left == 0) {
            AdminClient.line(in);
        }
        return octet;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            begin();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(bytes, offset, Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the response is cut");
        }
        left -= count;
        if (left == 0) {
            AdminClient.line(in);
        }
        return count;
    }

    private void begin() throws IOException {
        String line = AdminClient.line(in).orElseThrow(() -> new EOFException("the response is cut"));
        String size = line.split(";", 2)[0].strip();
        try {
            left = Integer.parseInt(size, 16);
        } catch (NumberFormatException e) {
            throw new IOException("no chunk: " + line, e);
        }
        if (left < 0) {
            throw new IOException("no chunk: " + line);
        }
        ended = left == 0;
    }
}
