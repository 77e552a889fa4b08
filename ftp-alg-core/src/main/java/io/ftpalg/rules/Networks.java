package io.ftpalg.rules;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** Networks, ready to be compared with an address without making objects. Immutable. */
final class Networks {
    private static final int IPV4_BYTES = 4;

    /** An address as numbers: an IPv4 address is the low 32 bits. */
    record Address(boolean ipv4, long high, long low) {
        static Address of(InetAddress address) {
            byte[] bytes = IpLiteral.canonical(address).getAddress();
            return bytes.length == IPV4_BYTES
                    ? new Address(
                            true,
                            0,
                            Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()))
                    : new Address(
                            false,
                            ByteBuffer.wrap(bytes).getLong(),
                            ByteBuffer.wrap(bytes, 8, 8).getLong());
        }
    }

    private final Address[] networks;
    private final Address[] masks;

    Networks(List<Cidr> all) {
        networks = all.stream().map(cidr -> Address.of(cidr.network())).toArray(Address[]::new);
        masks = new Address[networks.length];
        for (int i = 0; i < masks.length; i++) {
            int bits = all.get(i).bits();
            masks[i] = networks[i].ipv4()
                    ? new Address(true, 0, leading(bits + 32) & 0xFFFF_FFFFL)
                    : new Address(false, leading(Math.min(bits, 64)), leading(Math.max(0, bits - 64)));
        }
    }

    private static long leading(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }

    boolean contain(Address address) {
        for (int i = 0; i < networks.length; i++) {
            if (networks[i].ipv4() == address.ipv4()
                    && (address.high() & masks[i].high()) == networks[i].high()
                    && (address.low() & masks[i].low()) == networks[i].low()) {
                return true;
            }
        }
        return false;
    }
}
