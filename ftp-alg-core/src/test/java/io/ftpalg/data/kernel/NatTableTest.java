package io.ftpalg.data.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.netlink.NetlinkException;
import io.ftpalg.data.netlink.NetlinkSocket;
import io.ftpalg.data.netlink.NftBatch;
import io.ftpalg.protocol.PortRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the real nft reads of the table that was made without it. */
@Timeout(60)
class NatTableTest {
    private static final KernelSettings SETTINGS =
            new KernelSettings("one", List.of(new PortRange(41000, 41999), new PortRange(50000, 50000)), 21, 100);

    /** As text: {@link NatTable} explains it. */
    private static final String EXPECTED = """
            table inet ftp_alg_one { # progname java
                flags owner
                ct timeout data4 {
                    protocol tcp
                    l3proto ip
                    policy = { established : 3600, fin_wait : 30, time_wait : 5, close : 2 }
                }
                ct timeout data6 {
                    protocol tcp
                    l3proto ip6
                    policy = { established : 3600, fin_wait : 30, time_wait : 5, close : 2 }
                }
                map to4 {
                    type ipv4_addr . ipv4_addr . inet_service : ipv4_addr . inet_service
                    size 65535
                    timeout 1m
                }
                map from4 {
                    type ipv4_addr . ipv4_addr . inet_service : ipv4_addr
                    size 65535
                    timeout 1m
                }
                map from4p {
                    type ipv4_addr . ipv4_addr . inet_service : ipv4_addr . inet_service
                    size 65535
                    timeout 1m
                }
                map to6 {
                    type ipv6_addr . ipv6_addr . inet_service : ipv6_addr . inet_service
                    size 65535
                    timeout 1m
                }
                map from6 {
                    type ipv6_addr . ipv6_addr . inet_service : ipv6_addr
                    size 65535
                    timeout 1m
                }
                map from6p {
                    type ipv6_addr . ipv6_addr . inet_service : ipv6_addr . inet_service
                    size 65535
                    timeout 1m
                }
                chain pre {
                    type nat hook prerouting priority dstnat - 5; policy accept;
                    tcp dport 41000-41999 tcp flags syn / fin,syn,rst,ack jump enter
                    tcp dport 50000-50000 tcp flags syn / fin,syn,rst,ack jump enter
                }
                chain enter {
                    meta nfproto ipv4 meta l4proto tcp log group 21 snaplen 100 dnat ip to ip saddr . ip daddr . tcp dport map @to4
                    meta nfproto ipv6 meta l4proto tcp log group 21 snaplen 100 dnat ip6 to ip6 saddr . ip6 daddr . tcp dport map @to6
                }
                chain post {
                    type nat hook postrouting priority srcnat - 5; policy accept;
                    meta l4proto tcp ct status dnat ct original proto-dst 41000-41999 jump leave
                    meta l4proto tcp ct status dnat ct original proto-dst 50000-50000 jump leave
                }
                chain leave {
                    meta l4proto tcp snat ip to ct original ip saddr . ct original ip daddr . ct original proto-dst map @from4
                    meta l4proto tcp snat ip6 to ct original ip6 saddr . ct original ip6 daddr . ct original proto-dst map @from6
                    meta l4proto tcp snat ip to ct original ip saddr . ct original ip daddr . ct original proto-dst map @from4p
                    meta l4proto tcp snat ip6 to ct original ip6 saddr . ct original ip6 daddr . ct original proto-dst map @from6p
                }
                chain watch {
                    type filter hook forward priority filter - 5; policy accept;
                    tcp flags fin,syn,rst ct status dnat ct original proto-dst 41000-41999 jump tell
                    tcp flags fin,syn,rst ct status dnat ct original proto-dst 50000-50000 jump tell
                }
                chain tell {
                    ct state new meta nfproto ipv4 ct timeout set "data4"
                    ct state new meta nfproto ipv6 ct timeout set "data6"
                    ct bytes >= 0 log group 21 snaplen 100
                    tcp flags syn / syn,ack jump once
                    tcp flags syn,ack / syn,ack jump replied
                }
                chain once {
                    meta l4proto tcp delete @to4 { ct original ip saddr . ct original ip daddr . ct original proto-dst : 0.0.0.0 . 0 }
                    meta l4proto tcp delete @to6 { ct original ip6 saddr . ct original ip6 daddr . ct original proto-dst : :: . 0 }
                }
                chain replied {
                    meta l4proto tcp delete @from4 { ct original ip saddr . ct original ip daddr . ct original proto-dst : 0.0.0.0 }
                    meta l4proto tcp delete @from6 { ct original ip6 saddr . ct original ip6 daddr . ct original proto-dst : :: }
                    meta l4proto tcp delete @from4p { ct original ip saddr . ct original ip daddr . ct original proto-dst : 0.0.0.0 . 0 }
                    meta l4proto tcp delete @from6p { ct original ip6 saddr . ct original ip6 daddr . ct original proto-dst : :: . 0 }
                }
            }
            """;

    private Namespace host;
    private NetlinkSocket socket;
    private NatTable table;

    @BeforeEach
    void create() throws Exception {
        RoutedNetwork.assumeAvailable();
        host = Namespace.create("host");
        socket = host.call(() -> NetlinkSocket.open(Namespace.opener()));
        table = NatTable.create(socket, SETTINGS);
    }

    @AfterEach
    void remove() throws Exception {
        if (host != null) {
            socket.close();
            host.close();
        }
    }

    @Test
    void isTheTableThatTheDocumentationShows() throws Exception {
        assertThat(list().replace("\t", "    ").lines().filter(line -> !line.isBlank()))
                .containsExactlyElementsOf(EXPECTED.lines().toList());
    }

    @Test
    void addsAnElementForEachSideAndRemovesThem() throws Exception {
        table.add(request("10.0.0.1", "10.0.0.2", "10.0.1.3", "10.0.1.2", 0));
        table.add(request("10.0.0.1", "10.0.0.3", "10.0.1.3", "10.0.1.2", 20));
        table.add(request("fd00::1", "fd00::2", "fd01::3", "fd01::2", 0));
        table.add(request("fd00::1", "fd00::3", "fd01::3", "fd01::2", 20));
        assertThat(elements())
                .containsExactlyInAnyOrder(
                        "10.0.0.1 . 10.0.0.2 . 41001 : 10.0.1.3 . 999",
                        "10.0.0.1 . 10.0.0.3 . 41001 : 10.0.1.3 . 999",
                        "10.0.0.1 . 10.0.0.2 . 41001 : 10.0.1.2",
                        "10.0.0.1 . 10.0.0.3 . 41001 : 10.0.1.2 . 20",
                        "fd00::1 . fd00::2 . 41001 : fd01::3 . 999",
                        "fd00::1 . fd00::3 . 41001 : fd01::3 . 999",
                        "fd00::1 . fd00::2 . 41001 : fd01::2",
                        "fd00::1 . fd00::3 . 41001 : fd01::2 . 20");

        table.remove(request("10.0.0.1", "10.0.0.2", "10.0.1.3", "10.0.1.2", 0));
        table.remove(request("10.0.0.1", "10.0.0.3", "10.0.1.3", "10.0.1.2", 20));
        table.remove(request("fd00::1", "fd00::2", "fd01::3", "fd01::2", 0));
        table.remove(request("fd00::1", "fd00::3", "fd01::3", "fd01::2", 20));

        assertThat(elements()).isEmpty();
    }

    @Test
    void removesWhatIsLeft() throws Exception {
        FlowRequest withSource = request("10.0.0.1", "10.0.0.2", "10.0.1.3", "10.0.1.2", 0);
        FlowRequest without =
                new FlowRequest(withSource.peer(), withSource.own(), withSource.target(), Optional.empty());
        table.add(withSource);
        table.remove(without);
        assertThat(elements()).containsExactly("10.0.0.1 . 10.0.0.2 . 41001 : 10.0.1.2");

        table.remove(withSource);
        table.remove(withSource);

        assertThat(elements()).isEmpty();
    }

    @Test
    void addsNothingWhereOneElementIsThereAlready() throws Exception {
        FlowRequest withSource = request("10.0.0.1", "10.0.0.2", "10.0.1.3", "10.0.1.2", 0);
        table.add(withSource);
        table.remove(new FlowRequest(withSource.peer(), withSource.own(), withSource.target(), Optional.empty()));

        assertThatThrownBy(() -> table.add(withSource))
                .isInstanceOf(NetlinkException.class)
                .hasMessage("EEXIST");

        assertThat(elements()).containsExactly("10.0.0.1 . 10.0.0.2 . 41001 : 10.0.1.2");
    }

    @Test
    void isGoneWithItsSocket() throws Exception {
        socket.close();

        assertThat(host.run("nft list tables")).isEmpty();
        assertThatThrownBy(() -> table.add(request("10.0.0.1", "10.0.0.2", "10.0.1.3", "10.0.1.2", 0)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void namesTheChainsOfOthersBesideItsOwn() throws Exception {
        host.run("nft 'table ip fw { chain f { type filter hook forward priority 0; policy drop; }; chain g { }; }'");

        assertThat(NftBatch.baseChains(socket, NftBatch.FORWARD))
                .containsExactlyInAnyOrder(table.watchChain(), "ip fw f (policy drop)");
    }

    private static FlowRequest request(String peer, String own, String target, String source, int port)
            throws IOException {
        return new FlowRequest(
                InetAddress.getByName(peer),
                new InetSocketAddress(own, 41001),
                new InetSocketAddress(target, 999),
                Optional.of(new InetSocketAddress(source, port)));
    }

    private String list() throws IOException {
        return host.run("nft list table inet ftp_alg_one");
    }

    /** Elements without when they expire. */
    private List<String> elements() throws IOException {
        String joined = list().replaceAll("\\s+", " ").replaceAll(" expires [0-9a-z]+", "");
        return Pattern.compile("elements = \\{ (.*?) }")
                .matcher(joined)
                .results()
                .flatMap(match -> Arrays.stream(match.group(1).split(", ")))
                .toList();
    }
}
