package io.ftpalg.server.inspect.icap;

import io.ftpalg.server.inspect.icap.IcapHead.Header;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Decodes the replies on one connection: head, encapsulated HTTP head, body in chunks (RFC 3507 section 4.4). Bounds each of its parts. */
final class IcapDecoder {
    static final int LONGEST_LINE = 8192;
    static final int MOST_HEADERS = 100;
    /** Bytes of the head of a reply, and of the trailer of a body. */
    static final int LARGEST_HEAD = 32 << 10;
    /** Bytes of the encapsulated headers. */
    static final int LARGEST_HTTP = 32 << 10;

    private static final int LONGEST_SIZE = 8;

    /** Receives what was decoded. */
    interface Output {
        /** Returns whether more is to be decoded. */
        boolean open();

        void head(IcapHead head, Encapsulated follows);

        /** The head of the encapsulated request or response, its first line only. */
        void http(Encapsulated.Kind kind, String startLine);

        /** Bytes of the body, valid during the call. */
        void body(ByteBuf piece);

        /** The reply is over; not called for 100. */
        void end();
    }

    private enum State {
        STATUS,
        HEADERS,
        HTTP,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private final StringBuilder line = new StringBuilder();
    private final List<Header> headers = new ArrayList<>();
    private State state = State.STATUS;
    private int code;
    private int headBytes;
    private Encapsulated follows = Encapsulated.NOTHING;
    private long remaining;

    /** Decodes all of the bytes, as long as the output is open. */
    void decode(ByteBuf in, Output out) throws IcapException {
        while (in.isReadable() && out.open()) {
            switch (state) {
                case STATUS -> status(in);
                case HEADERS -> headers(in, out);
                case HTTP -> http(in, out);
                case CHUNK_SIZE -> chunkSize(in);
                case CHUNK -> chunk(in, out);
                case CHUNK_END -> chunkEnd(in);
                case TRAILER -> trailer(in, out);
            }
        }
    }

    private void status(ByteBuf in) throws IcapException {
        if (lineComplete(in)) {
            code = IcapHead.code(takeLine());
            headers.clear();
            headBytes = 0;
            state = State.HEADERS;
        }
    }

    private void headers(ByteBuf in, Output out) throws IcapException {
        if (!lineComplete(in)) {
            return;
        }
        String text = takeLine();
        if (!text.isEmpty()) {
            count(text);
            addHeader(text);
            return;
        }
        IcapHead head = new IcapHead(code, headers);
        follows = head.encapsulated();
        remaining = follows.length();
        state = code == 100
                ? State.STATUS
                : remaining > 0 ? State.HTTP : follows.body() ? State.CHUNK_SIZE : State.STATUS;
        out.head(head, follows);
        if (state == State.STATUS && code != 100 && out.open()) {
            out.end();
        }
    }

    private void addHeader(String text) throws IcapException {
        boolean folded = text.charAt(0) == ' ' || text.charAt(0) == '\t';
        int colon = text.indexOf(':');
        if (folded && !headers.isEmpty()) {
            Header last = headers.remove(headers.size() - 1);
            headers.add(new Header(last.name(), last.value() + '\n' + text.strip()));
        } else if (folded || colon < 1) {
            throw new IcapException("sent a line that is no header");
        } else if (headers.size() == MOST_HEADERS) {
            throw new IcapException("sent more than " + MOST_HEADERS + " headers");
        } else {
            headers.add(new Header(
                    text.substring(0, colon).strip(), text.substring(colon + 1).strip()));
        }
    }

    private void count(String text) throws IcapException {
        headBytes += text.length() + 2;
        if (headBytes > LARGEST_HEAD) {
            throw new IcapException("sent headers of more than " + LARGEST_HEAD + " bytes");
        }
    }

    /** Its length is bounded by Encapsulated. Only the first line of the last head is kept. */
    private void http(ByteBuf in, Output out) throws IcapException {
        int position = follows.length() - (int) remaining;
        byte next = in.readByte();
        remaining--;
        if (position >= follows.start()) {
            line.append((char) (next & 0xff));
        }
        if (remaining > 0) {
            return;
        }
        String head = takeLine();
        int end = head.indexOf("\r\n");
        if (end < 0) {
            throw new IcapException("sent no encapsulated HTTP header");
        }
        state = follows.body() ? State.CHUNK_SIZE : State.STATUS;
        out.http(follows.kind(), head.substring(0, end));
        if (state == State.STATUS && out.open()) {
            out.end();
        }
    }

    private void chunkSize(ByteBuf in) throws IcapException {
        if (!lineComplete(in)) {
            return;
        }
        String size = takeLine().split(";", 2)[0].strip();
        if (!size.matches("[0-9a-fA-F]{1," + LONGEST_SIZE + "}")) {
            throw new IcapException("sent a wrong or too large chunk size");
        }
        remaining = Long.parseLong(size, 16);
        headBytes = 0;
        state = remaining > 0 ? State.CHUNK : State.TRAILER;
    }

    private void chunk(ByteBuf in, Output out) {
        int count = (int) Math.min(in.readableBytes(), remaining);
        remaining -= count;
        state = remaining > 0 ? State.CHUNK : State.CHUNK_END;
        out.body(in.readSlice(count));
    }

    private void chunkEnd(ByteBuf in) throws IcapException {
        if (lineComplete(in)) {
            if (!takeLine().isEmpty()) {
                throw new IcapException("sent a chunk longer than its size");
            }
            state = State.CHUNK_SIZE;
        }
    }

    private void trailer(ByteBuf in, Output out) throws IcapException {
        if (lineComplete(in)) {
            String text = takeLine();
            count(text);
            if (text.isEmpty()) {
                state = State.STATUS;
                out.end();
            }
        }
    }

    /** Reads bytes of a line; returns whether it is whole. */
    private boolean lineComplete(ByteBuf in) throws IcapException {
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        int count = (end < 0 ? in.writerIndex() : end) - in.readerIndex();
        if (line.length() + count > LONGEST_LINE) {
            throw new IcapException("sent a line of more than " + LONGEST_LINE + " bytes");
        }
        line.append(in.readCharSequence(count, StandardCharsets.ISO_8859_1));
        if (end >= 0) {
            in.skipBytes(1);
        }
        return end >= 0;
    }

    private String takeLine() {
        int length = line.length();
        boolean cr = length > 0 && line.charAt(length - 1) == '\r';
        String text = line.substring(0, cr ? length - 1 : length);
        line.setLength(0);
        return text;
    }
}
