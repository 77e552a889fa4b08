package io.ftpalg.protocol;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A network: an address and how many of its leading bits count.
 *
 * @param network the address with all further bits zero
 * @param bits 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Cidr(InetAddress network, int bits) {

    public Cidr {
        byte[] bytes = IpLiteral.canonical(network).getAddress();
        if (bits < 0 || bits > bytes.length * 8) {
            throw new IllegalArgumentException("a prefix of this family has 0 to " + bytes.length * 8 + " bits");
        }
        network = IpLiteral.of(masked(bytes, bits));
    }

    /** Returns the network that the text names, {@code 10.0.0.0/8} or a single address, or nothing. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int longest = address.get().getAddress().length * 8;
        String bits = slash < 0 ? Integer.toString(longest) : text.substring(slash + 1);
        if (bits.length() > 3 || !Digits.only(bits) || Integer.parseInt(bits) > longest) {
            return Optional.empty();
        }
        return Optional.of(new Cidr(address.get(), Integer.parseInt(bits)));
    }

    /** Returns whether the address lies in this network; an address of the other family never does. */
    public boolean contains(InetAddress address) {
        byte[] bytes = IpLiteral.canonical(address).getAddress();
        return bytes.length == network.getAddress().length
                && IpLiteral.of(masked(bytes, bits)).equals(network);
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.max(0, Math.min(8, bits - i * 8));
            masked[i] &= (byte) (0xFF00 >> kept);
        }
        return masked;
    }

    @Override
    public String toString() {
        return IpLiteral.format(network) + '/' + bits;
    }
}
