package io.ftpalg.control.tls;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a TLS client requests (RFC 8446 section 4.1.2, RFC 6066 section 3, RFC 7301).
 *
 * @param serverName the host that it wants (SNI), in lower case
 * @param protocols the protocols that it offers (ALPN), none if absent
 */
record ClientHello(Optional<String> serverName, List<String> protocols) {
    private static final ClientHello SILENT = new ClientHello(Optional.empty(), List.of());
    private static final int VERSION_AND_RANDOM = 34;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;

    ClientHello {
        protocols = List.copyOf(protocols);
    }

    /** Reads the body of a ClientHello; what is malformed is as if it were not there, the TLS engine judges it. */
    static ClientHello parse(ByteBuf body) {
        ByteBuf in = body.slice();
        try {
            in.skipBytes(VERSION_AND_RANDOM);
            in.skipBytes(in.readUnsignedByte());
            in.skipBytes(in.readUnsignedShort());
            in.skipBytes(in.readUnsignedByte());
            return in.isReadable() ? extensions(in.readSlice(in.readUnsignedShort())) : SILENT;
        } catch (IndexOutOfBoundsException e) {
            return SILENT;
        }
    }

    private static ClientHello extensions(ByteBuf in) {
        Optional<String> name = Optional.empty();
        List<String> protocols = new ArrayList<>();
        while (in.isReadable()) {
            int type = in.readUnsignedShort();
            ByteBuf extension = in.readSlice(in.readUnsignedShort());
            if (type == SERVER_NAME) {
                name = name(extension);
            } else if (type == ALPN) {
                extension.skipBytes(2);
                while (extension.isReadable()) {
                    protocols.add(text(extension.readSlice(extension.readUnsignedByte())));
                }
            }
        }
        return new ClientHello(name, protocols);
    }

    private static Optional<String> name(ByteBuf in) {
        in.skipBytes(2);
        boolean isHost = in.readUnsignedByte() == 0;
        String host = text(in.readSlice(in.readUnsignedShort()));
        return isHost && !host.isEmpty() ? Optional.of(host.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static String text(ByteBuf in) {
        return in.toString(StandardCharsets.ISO_8859_1);
    }
}
