package io.ftpalg.haproxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.handler.codec.haproxy.HAProxyTLV;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Makes the optional parts (TLVs) of a header of version 2. Stateless. */
public final class ProxyTlvs {
    private static final byte AUTHORITY = 0x02;
    private static final byte UNIQUE_ID = 0x05;
    private static final byte SSL_VERSION = 0x21;
    private static final byte SSL_CN = 0x22;
    private static final byte SSL_CIPHER = 0x23;

    /** The client connected over TLS; its certificate is one of this connection; it is one of this session. */
    private static final int CLIENT_SSL = 1;

    private static final int CERTIFICATE_SHOWN = 2 | 4;

    private static final int VERIFIED = 0;
    private static final int NO_CERTIFICATE = 1;

    /**
     * The longest name: that of a host. A longer one is left out, so that no header is longer than what receivers take
     * ({@link ProxyHeaderReader#MAX_BYTES}).
     */
    private static final int LONGEST_NAME = 253;

    private static final int LONGEST_COMMON_NAME = 64;
    private static final int LONGEST_CIPHER = 48;

    private ProxyTlvs() {}

    /** Returns the name that the client asked for, unless it is too long for one. */
    public static Optional<HAProxyTLV> authority(String name) {
        return text(AUTHORITY, name, LONGEST_NAME);
    }

    /** Returns what identifies the session. */
    public static Optional<HAProxyTLV> uniqueId(String id) {
        return text(UNIQUE_ID, id, LONGEST_NAME);
    }

    /**
     * Returns what is known of TLS with the client.
     *
     * @param subject the subject of the client's certificate (RFC 2253), which was verified, if it showed one
     */
    public static HAProxyTLV ssl(String protocol, String cipher, Optional<String> subject) {
        List<HAProxyTLV> parts = new ArrayList<>();
        text(SSL_VERSION, protocol, LONGEST_CIPHER).ifPresent(parts::add);
        subject.flatMap(ProxyTlvs::commonName)
                .flatMap(name -> text(SSL_CN, name, LONGEST_COMMON_NAME))
                .ifPresent(parts::add);
        text(SSL_CIPHER, cipher, LONGEST_CIPHER).ifPresent(parts::add);
        byte client = (byte) (CLIENT_SSL | (subject.isPresent() ? CERTIFICATE_SHOWN : 0));
        return new HAProxySSLTLV(subject.isPresent() ? VERIFIED : NO_CERTIFICATE, client, parts);
    }

    private static Optional<HAProxyTLV> text(byte type, String text, int longest) {
        ByteBuf bytes = Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
        return bytes.readableBytes() > longest ? Optional.empty() : Optional.of(new HAProxyTLV(type, bytes));
    }

    /** Returns the CN that is nearest to the holder. */
    private static Optional<String> commonName(String subject) {
        try {
            List<Rdn> names = new LdapName(subject).getRdns();
            for (int i = names.size() - 1; i >= 0; i--) {
                Attribute name = names.get(i).toAttributes().get("CN");
                if (name != null && name.get() instanceof String text) {
                    return Optional.of(text);
                }
            }
        } catch (NamingException e) {
            // A name that cannot be read is none.
        }
        return Optional.empty();
    }
}
