package io.ftpalg.data.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class NetlinkSocketTest {
    private FakeKernel kernel;
    private NetlinkSocket socket;

    @BeforeEach
    void open() throws IOException {
        kernel = new FakeKernel();
        socket = kernel.socket();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        kernel.close();
    }

    @Test
    void sendsOneDatagramAndHasItsLastMessageConfirmed() throws IOException {
        kernel.acknowledge(2, 0);

        socket.request().message(10, 16, 0, 1, 0).message(4, 1, NetlinkWriter.CREATE, 2, 0x1234);
        socket.send();

        assertThat(kernel.request())
                .isEqualTo("14000000" + "100a" + "0100" + "01000000" + "00000000" + "01000000" + "14000000" + "0104"
                        + "0504" + "02000000" + "00000000" + "02001234");
    }

    @Test
    void handsOnWhatComesBeforeTheConfirmation() throws IOException {
        kernel.answer(0x100, 0, 1, "02000000");
        kernel.answer(0x101, 0, 1, "02000000");
        kernel.acknowledge(1, 0);
        List<Integer> types = new ArrayList<>();

        socket.request().message(1, 1, 0, 2, 0);
        socket.send(message -> types.add(message.type()));

        assertThat(types).containsExactly(0x100, 0x101);
    }

    @Test
    void readsAListToItsEnd() throws IOException {
        kernel.answer(0x100, 2, 1, "02000000");
        kernel.answer(NetlinkMessage.DONE, 2, 1, "00000000");
        List<Integer> types = new ArrayList<>();

        socket.request().message(1, 1, NetlinkWriter.DUMP, 2, 0);
        socket.send(message -> types.add(message.type()));

        assertThat(types).containsExactly(0x100);
    }

    @Test
    void throwsTheFirstRefusalOfSeveral() throws IOException {
        kernel.refuse(1, Errno.EEXIST, "Table exists");
        kernel.acknowledge(2, Errno.ENOENT);
        kernel.acknowledge(3, 0);
        kernel.acknowledge(4, 0);

        socket.request().message(10, 0, 0, 1, 0).message(10, 1, 0, 1, 0).message(10, 2, 0, 1, 0);

        assertThatThrownBy(socket::send)
                .hasMessage("EEXIST: Table exists")
                .asInstanceOf(type(NetlinkException.class))
                .extracting(NetlinkException::number)
                .isEqualTo(Errno.EEXIST);
        socket.request().message(10, 3, 0, 1, 0);
        assertThatCode(socket::send).as("nothing is left of it").doesNotThrowAnyException();
    }

    @Test
    void ignoresWhatComesLateForAnEarlierRequest() throws IOException {
        socket.request().message(1, 1, 0, 2, 0);
        assertThatThrownBy(socket::send).isInstanceOf(NetlinkException.class);
        kernel.acknowledge(1, Errno.EPERM);
        kernel.acknowledge(2, 0);

        socket.request().message(1, 1, 0, 2, 0);

        assertThatCode(socket::send).doesNotThrowAnyException();
    }

    @Test
    void doesNotWaitForAnAnswerThatIsMissing() {
        socket.request().message(1, 1, 0, 2, 0);

        assertThatThrownBy(socket::send)
                .hasMessage("the kernel did not answer a netlink request")
                .asInstanceOf(type(NetlinkException.class))
                .extracting(NetlinkException::number)
                .isEqualTo(NetlinkException.NO_ANSWER);
    }

    @Test
    void refusesADatagramLargerThanItsBuffer() throws IOException {
        kernel.answer(new byte[200 << 10]);

        socket.request().message(1, 1, 0, 2, 0);

        assertThatThrownBy(socket::send).hasMessageContaining("a datagram of 131072 bytes or more");
    }

    @Test
    void refusesAMalformedAnswer() throws IOException {
        kernel.answer((byte) 1, (byte) 2, (byte) 3);

        socket.request().message(1, 1, 0, 2, 0);

        assertThatThrownBy(socket::send).hasMessage("malformed netlink message: a header of 3 bytes");
    }

    @Test
    void failsWhenItIsClosed() {
        socket.close();
        socket.request().message(1, 1, 0, 2, 0);

        assertThatThrownBy(socket::send).isInstanceOf(IOException.class);
    }
}
