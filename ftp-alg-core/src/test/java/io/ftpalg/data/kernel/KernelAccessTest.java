package io.ftpalg.data.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.WithoutCapability;
import io.ftpalg.data.netlink.Errno;
import io.ftpalg.data.netlink.FakeKernel;
import io.ftpalg.protocol.PortRange;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names what is in the way of a start. */
@Timeout(60)
class KernelAccessTest {
    private static final KernelSettings SETTINGS =
            new KernelSettings("test", List.of(new PortRange(41000, 41999)), 21, 10);

    private final Queue<FakeKernel> kernels = new ArrayDeque<>();
    private final List<FakeKernel> opened = new ArrayList<>();

    @BeforeEach
    void make() throws IOException {
        for (int i = 0; i < 3; i++) {
            kernels.add(new FakeKernel());
        }
        opened.addAll(kernels);
    }

    @AfterEach
    void close() throws IOException {
        for (FakeKernel kernel : opened) {
            kernel.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1| permission denied (run as root, or grant CAP_NET_ADMIN)",
                "22| the kernel module nf_tables is missing (load it, or install a kernel that has it)",
                "95| the kernel module nf_tables is missing (load it, or install a kernel that has it)",
                "12| nf_tables: ENOMEM"
            })
    void namesWhatNfTablesLacks(int error, String message) throws IOException {
        opened.get(0).acknowledge(1, error);

        assertRefused(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "22| the kernel module nf_conntrack_netlink is missing (load it, or install a kernel that has it)",
                "12| nf_conntrack_netlink: ENOMEM"
            })
    void namesWhatConntrackLacks(int error, String message) throws IOException {
        opened.get(0).acknowledge(1, 0);
        opened.get(1).acknowledge(1, error);

        assertRefused(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1| NFLOG group 21 is in use by another process (configure another group)",
                "17| NFLOG group 21 is in use by another process (configure another group)",
                "22| the kernel module nfnetlink_log is missing (load it, or install a kernel that has it)",
                "12| NFLOG group 21: ENOMEM"
            })
    void namesWhatTheLogLacks(int error, String message) throws IOException {
        opened.get(0).acknowledge(1, 0);
        opened.get(1).acknowledge(1, Errno.ENOENT);
        opened.get(2).acknowledge(1, error);

        assertRefused(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1| table inet ftp_alg_test exists: another gateway has it (configure another name)",
                "22| the kernel cannot have table inet ftp_alg_test: EINVAL (needs Linux 5.12 with the modules nft_chain_nat, nft_nat, nft_ct and nft_log)",
                "12| table inet ftp_alg_test: ENOMEM"
            })
    void namesWhatTheTableLacks(int error, String message) throws IOException {
        opened.get(0).acknowledge(1, 0);
        opened.get(0).acknowledge(2, error);
        opened.get(1).acknowledge(1, Errno.ENOENT);
        opened.get(2).acknowledge(1, 0);
        opened.get(2).acknowledge(2, 0);

        assertRefused(message);
    }

    @Test
    void saysThatNetlinkIsMissing() {
        assertThatThrownBy(() -> KernelAccess.open(
                        SETTINGS,
                        protocol -> {
                            throw new IOException("socket failed: EPROTONOSUPPORT");
                        },
                        1 << 20))
                .hasMessage("kernel data plane: cannot open a netlink socket: socket failed: EPROTONOSUPPORT "
                        + "(is the kernel module nfnetlink there?)");
    }

    @Test
    void doesWithoutTimeoutsWhereTheKernelHasNone() throws IOException {
        opened.get(0).acknowledge(1, 0);
        opened.get(0).acknowledge(9, Errno.ENOENT);
        opened.get(1).acknowledge(1, Errno.ENOENT);
        opened.get(2).acknowledge(1, 0);
        opened.get(2).acknowledge(2, 0);

        // The second attempt is not answered: it is there that this kernel ends.
        assertRefused("table inet ftp_alg_test: the kernel did not answer a netlink request");
        opened.get(0).request();
        assertThat(opened.get(0).request()).contains("64617461340000");
        assertThat(opened.get(0).request()).doesNotContain("64617461340000");
    }

    @Test
    void saysWhichCapabilityIsMissing() throws Exception {
        RoutedNetwork.assumeAvailable();
        assumeTrue("root".equals(System.getProperty("user.name")), "needs a capability to drop");

        assertThat(WithoutCapability.run(StartProgram.class))
                .contains("kernel data plane: permission denied (run as root, or grant CAP_NET_ADMIN)");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() ->
                        KernelAccess.open(SETTINGS, protocol -> kernels.remove().descriptor(), 1 << 20))
                .isInstanceOf(IOException.class)
                .hasMessage("kernel data plane: " + message);
    }
}
