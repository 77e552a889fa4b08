package io.ftpalg.server.users;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.ftpalg.protocol.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** What text of a control connection is elsewhere: there each char is a byte, and most clients send UTF-8. Stateless. */
public final class ClientText {

    private ClientText() {}

    /** Returns the bytes that the client sent. */
    static byte[] bytes(Secret password) {
        return password.reveal().getBytes(ISO_8859_1);
    }

    /** Returns this text as a client sends it: each char is a byte of its UTF-8. */
    public static String said(String meant) {
        return new String(meant.getBytes(UTF_8), ISO_8859_1);
    }

    /** Returns the text that the client meant: its bytes as UTF-8, or as ISO-8859-1 if they are no UTF-8. */
    static String meant(String received) {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(received.getBytes(ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return received;
        }
    }
}
