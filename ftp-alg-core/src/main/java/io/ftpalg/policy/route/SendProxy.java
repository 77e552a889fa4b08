package io.ftpalg.policy.route;

import java.util.Set;

/**
 * The PROXY header with which connections to servers begin, for servers behind HAProxy and others that accept it: it names the client,
 * and the address that the client connected to. Immutable.
 *
 * @param version that of the PROXY protocol
 * @param data whether the gateway's data connections to the server begin with the header too; those that a server makes to the
 *     gateway never do
 * @param tlvs what else version 2 has about the session, as far as it is known when the gateway connects to the server
 */
public record SendProxy(Version version, boolean data, Set<Tlv> tlvs) {
    public SendProxy {
        tlvs = Set.copyOf(tlvs);
        if (version == Version.V1 && !tlvs.isEmpty()) {
            throw new IllegalArgumentException("version 1 of the PROXY protocol has no TLVs: use version 2");
        }
    }

    /** The version of the PROXY protocol. */
    public enum Version {
        /** One line of text; at most 107 bytes. */
        V1,
        /** Binary, with TLVs. */
        V2
    }

    /** Optional parts of a header of version 2. */
    public enum Tlv {
        /** The name that the client asked for in its TLS handshake (SNI): PP2_TYPE_AUTHORITY. */
        AUTHORITY,
        /** Version and cipher of TLS with the client, and the CN of its certificate if it showed one: PP2_TYPE_SSL. */
        SSL,
        /** The number of the session, as the log has it: PP2_TYPE_UNIQUE_ID. */
        UNIQUE_ID
    }

    /** Returns the header of this version, on control connections only, without TLVs. */
    public static SendProxy of(Version version) {
        return new SendProxy(version, false, Set.of());
    }
}
