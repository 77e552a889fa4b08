package io.ftpalg.server.warmup;

import io.ftpalg.protocol.DataSyntax;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One control connection of the server: any login, passive data connections, and the same bytes for each download. One thread. */
final class LoopbackSession {
    /** So that nothing that goes wrong is waited for longer than a warm-up may last. */
    private static final int PATIENCE_MILLIS = 2000;

    private static final byte[] CONTENT = "0123456789abcdef".repeat(64).getBytes(StandardCharsets.US_ASCII);

    private final Socket control;
    private final OutputStream replies;

    LoopbackSession(Socket control) throws IOException {
        this.control = control;
        this.replies = control.getOutputStream();
    }

    void run() throws IOException {
        control.setTcpNoDelay(true);
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.ISO_8859_1));
        reply("220 ready");
        try (ServerSocket passive = new ServerSocket(0, 1, control.getLocalAddress())) {
            passive.setSoTimeout(PATIENCE_MILLIS);
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String verb = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
                if (!answer(verb, passive)) {
                    return;
                }
            }
        }
    }

    /** Returns false behind the last reply. */
    private boolean answer(String verb, ServerSocket passive) throws IOException {
        switch (verb) {
            case "USER" -> reply("331 password");
            case "PASS" -> reply("230 in");
            case "TYPE" -> reply("200 ok");
            case "PWD" -> reply("257 \"/\"");
            case "SIZE" -> reply("213 " + CONTENT.length);
            case "EPSV" -> reply("229 " + DataSyntax.EPSV.format(address(passive)));
            case "PASV" -> reply("227 " + DataSyntax.PASV.format(address(passive)));
            case "RETR", "LIST", "NLST", "MLSD" -> send(passive);
            case "STOR", "APPE" -> receive(passive);
            case "QUIT" -> reply("221 bye");
            default -> reply("502 not implemented");
        }
        return !verb.equals("QUIT");
    }

    private static InetSocketAddress address(ServerSocket passive) {
        return new InetSocketAddress(passive.getInetAddress(), passive.getLocalPort());
    }

    private void send(ServerSocket passive) throws IOException {
        reply("150 follows");
        try (Socket data = passive.accept()) {
            data.getOutputStream().write(CONTENT);
        }
        reply("226 done");
    }

    private void receive(ServerSocket passive) throws IOException {
        reply("150 send");
        try (Socket data = passive.accept()) {
            data.setSoTimeout(PATIENCE_MILLIS);
            read(data.getInputStream());
        }
        reply("226 done");
    }

    /** Reads up to the end, and returns how many bytes that were. */
    static long read(InputStream in) throws IOException {
        return in.transferTo(OutputStream.nullOutputStream());
    }

    private void reply(String line) throws IOException {
        replies.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
