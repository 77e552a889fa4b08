package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;

/** A client that says exactly what it is told to, byte by byte. Not thread-safe; its test owns it. */
final class RawFtp implements Closeable {
    static final int TIMEOUT_MILLIS = 30_000;

    private Socket control;
    private InputStream in;
    private Optional<RawTls> data = Optional.empty();

    /**
     * A reply.
     *
     * @param code the three digits
     * @param text all lines
     */
    record Reply(int code, String text) {

        boolean preliminary() {
            return code / 100 == 1;
        }

        boolean completion() {
            return code / 100 == 2;
        }

        boolean negative() {
            return code >= 400;
        }
    }

    private RawFtp(Socket control) throws IOException {
        this.control = control;
        this.in = new BufferedInputStream(control.getInputStream());
    }

    /** Connects, and reads no greeting. */
    static RawFtp connect(InetSocketAddress address) throws IOException {
        return connect(new Socket(), address);
    }

    /** Connects from this address, and reads no greeting. */
    static RawFtp connect(InetSocketAddress address, InetAddress from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        return connect(socket, address);
    }

    private static RawFtp connect(Socket socket, InetSocketAddress address) throws IOException {
        socket.connect(address, TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        return new RawFtp(socket);
    }

    /** Returns a client that is logged in, in the directory of the tests, with TYPE I. */
    static RawFtp login(Target target) throws IOException {
        RawFtp ftp = loginOnly(target);
        assertThat(ftp.ask("TYPE I").code()).isEqualTo(200);
        assertThat(ftp.ask("CWD " + TestServer.DIRECTORY).code()).isEqualTo(250);
        return ftp;
    }

    /** Returns a client that is logged in, and has sent nothing else. */
    static RawFtp loginOnly(Target target) throws IOException {
        RawFtp ftp = connect(target.address());
        assertThat(ftp.read().code()).isEqualTo(220);
        assertThat(ftp.ask("USER " + target.user()).code()).isEqualTo(331);
        assertThat(ftp.ask("PASS " + target.password()).code()).isEqualTo(230);
        return ftp;
    }

    /** Returns a client as {@link #login(Target)} does, with all its connections protected. */
    static RawFtp login(Target target, Protection protection, RawTls tls) throws IOException {
        if (protection == Protection.CLEAR) {
            return login(target);
        }
        RawFtp ftp = connect(target.address());
        if (protection == Protection.IMPLICIT) {
            ftp.startTls(tls);
        }
        assertThat(ftp.read().code()).isEqualTo(220);
        if (protection == Protection.EXPLICIT) {
            assertThat(ftp.ask("AUTH TLS").code()).isEqualTo(234);
            ftp.startTls(tls);
        }
        assertThat(ftp.ask("USER " + target.user()).code()).isEqualTo(331);
        assertThat(ftp.ask("PASS " + target.password()).code()).isEqualTo(230);
        assertThat(ftp.ask("PBSZ 0").code()).isEqualTo(200);
        assertThat(ftp.ask("PROT P").code()).isEqualTo(200);
        ftp.protectData(tls);
        assertThat(ftp.ask("TYPE I").code()).isEqualTo(200);
        assertThat(ftp.ask("CWD " + TestServer.DIRECTORY).code()).isEqualTo(250);
        return ftp;
    }

    /** Puts the control connection under TLS. */
    void startTls(RawTls tls) throws IOException {
        control = tls.wrap(control);
        in = new BufferedInputStream(control.getInputStream());
    }

    /** Puts data connections under TLS from now on. */
    void protectData(RawTls tls) {
        data = Optional.of(tls);
    }

    /** Returns its own end of the control connection. */
    InetSocketAddress localAddress() {
        return (InetSocketAddress) control.getLocalSocketAddress();
    }

    /** Sends a line, a char for a byte, in one write. */
    void send(String line) throws IOException {
        write((line + "\r\n").getBytes(ISO_8859_1));
    }

    void write(byte[] bytes) throws IOException {
        control.getOutputStream().write(bytes);
        control.getOutputStream().flush();
    }

    /** Sends what a user's interrupt makes of ABOR (RFC 959 section 4.1.3): IAC IP, urgent IAC DM, then the command. */
    void sendUrgentAbort() throws IOException {
        write(new byte[] {(byte) 0xFF, (byte) 0xF4, (byte) 0xFF});
        control.sendUrgentData(0xF2);
        send("ABOR");
    }

    void shutdownOutput() throws IOException {
        control.shutdownOutput();
    }

    /** Reads one reply. */
    Reply read() throws IOException {
        String line = line();
        StringBuilder text = new StringBuilder(line);
        int code = Integer.parseInt(line.substring(0, 3));
        if (line.startsWith("-", 3)) {
            String end = code + " ";
            do {
                line = line();
                text.append('\n').append(line);
            } while (!line.startsWith(end));
        }
        return new Reply(code, text.toString());
    }

    Reply ask(String line) throws IOException {
        send(line);
        return read();
    }

    /** Returns all that comes until the end. */
    String readToEnd() throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the control connection ended after \"" + line.toString(ISO_8859_1) + '"');
            }
            line.write(b);
        }
        String text = line.toString(ISO_8859_1);
        assertThat(text).as("a line ends in CR LF").endsWith("\r");
        return text.substring(0, text.length() - 1);
    }

    /** Agrees a data port; nothing is connected yet. */
    DataPort agree(DataSyntax syntax) throws IOException {
        if (syntax.passive()) {
            Reply reply = ask(syntax.name());
            assertThat(reply.code()).as(reply.text()).isEqualTo(syntax == DataSyntax.PASV ? 227 : 229);
            return DataPort.passive(
                    PassiveReply.address(reply.text(), control.getInetAddress()), control.getLocalAddress());
        }
        ServerSocket listener = new ServerSocket(0, 1, control.getLocalAddress());
        Reply reply = ask(syntax.name()
                + ' '
                + syntax.format(new InetSocketAddress(control.getLocalAddress(), listener.getLocalPort())));
        assertThat(reply.code()).as(reply.text()).isEqualTo(200);
        return DataPort.active(listener);
    }

    /** Starts a transfer, and returns its data connection, under TLS if it is to be, after the preliminary reply. */
    Socket open(DataSyntax syntax, String command) throws IOException {
        Socket plain = openPlain(syntax, command);
        return data.isPresent() ? data.get().wrap(plain) : plain;
    }

    /** Starts a transfer, and returns its data connection, with no TLS yet, after the preliminary reply. */
    Socket openPlain(DataSyntax syntax, String command) throws IOException {
        try (DataPort port = agree(syntax)) {
            port.connect();
            send(command);
            Socket connection = port.accept();
            Reply reply = read();
            assertThat(reply.preliminary()).as(command + ": " + reply.text()).isTrue();
            return connection;
        }
    }

    /** Returns what a transfer command brings, after its final reply. */
    byte[] download(DataSyntax syntax, String command) throws IOException {
        byte[] bytes;
        try (Socket connection = open(syntax, command)) {
            bytes = connection.getInputStream().readAllBytes();
        }
        Reply reply = read();
        assertThat(reply.completion()).as(command + ": " + reply.text()).isTrue();
        return bytes;
    }

    /** Sends this with a transfer command, and waits for its final reply. */
    void upload(DataSyntax syntax, String command, byte[] bytes) throws IOException {
        try (Socket connection = open(syntax, command)) {
            connection.getOutputStream().write(bytes);
        }
        Reply reply = read();
        assertThat(reply.completion()).as(command + ": " + reply.text()).isTrue();
    }

    @Override
    public void close() throws IOException {
        control.close();
    }
}
