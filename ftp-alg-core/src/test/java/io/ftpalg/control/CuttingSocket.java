package io.ftpalg.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/** The socket below a TLS socket of the test: cuts what is written into single bytes, or holds it back. */
final class CuttingSocket extends Socket {
    private final Socket below;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holding;
    private boolean cutting;

    CuttingSocket(Socket below) {
        this.below = below;
    }

    /** From now on each byte is a segment of its own. */
    CuttingSocket cut() {
        cutting = true;
        return this;
    }

    /** From now on nothing leaves. */
    void hold() {
        holding = true;
    }

    /** Sends what was held back and this behind it in one segment. */
    void release(byte[] behind) throws IOException {
        holding = false;
        held.write(behind);
        below.getOutputStream().write(held.toByteArray());
        held.reset();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream out = below.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (holding) {
                    held.write(bytes, offset, length);
                } else if (cutting) {
                    for (int i = offset; i < offset + length; i++) {
                        out.write(bytes, i, 1);
                    }
                } else {
                    out.write(bytes, offset, length);
                }
            }
        };
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return below.getInputStream();
    }

    @Override
    public boolean isConnected() {
        return below.isConnected();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return below.getRemoteSocketAddress();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        below.setTcpNoDelay(on);
    }

    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
        below.setSoTimeout(millis);
    }

    @Override
    public synchronized int getSoTimeout() throws SocketException {
        return below.getSoTimeout();
    }

    @Override
    public void shutdownOutput() throws IOException {
        below.shutdownOutput();
    }

    @Override
    public boolean isClosed() {
        return below.isClosed();
    }

    @Override
    public synchronized void close() throws IOException {
        below.close();
    }
}
