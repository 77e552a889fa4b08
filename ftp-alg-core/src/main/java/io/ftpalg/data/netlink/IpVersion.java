package io.ftpalg.data.netlink;

import java.net.Inet6Address;
import java.net.InetAddress;

/** The two versions of IP, as netfilter numbers and lays them out. */
public enum IpVersion {
    IPV4(2, 4, 7),
    IPV6(10, 16, 8);

    private final int family;
    private final int addressLength;
    private final int nftType;

    IpVersion(int family, int addressLength, int nftType) {
        this.family = family;
        this.addressLength = addressLength;
        this.nftType = nftType;
    }

    public static IpVersion of(InetAddress address) {
        return address instanceof Inet6Address ? IPV6 : IPV4;
    }

    /** AF_INET or AF_INET6, which NFPROTO_IPV4 and NFPROTO_IPV6 are too. */
    int family() {
        return family;
    }

    int addressLength() {
        return addressLength;
    }

    /** The number of ipv4_addr or ipv6_addr among nft's types. */
    int nftType() {
        return nftType;
    }
}
