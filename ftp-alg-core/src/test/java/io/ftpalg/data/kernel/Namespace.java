package io.ftpalg.data.kernel;

import com.sun.jna.Function;
import com.sun.jna.Native;
import io.ftpalg.data.netlink.NetlinkOpener;
import io.ftpalg.system.SystemCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A network namespace, with a thread in it; a socket that this thread makes stays in it, whoever uses the socket. */
public final class Namespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final int O_RDONLY = 0;
    private static final long TIMEOUT_SECONDS = 20;

    private final String name;
    private final ExecutorService thread;

    private Namespace(String name) {
        this.name = name;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
    }

    /** Makes one; its loopback device is up. */
    public static Namespace create(String role) throws Exception {
        Namespace made = new Namespace("ftpalg-" + ProcessHandle.current().pid() + '-' + role);
        command("ip", "netns", "add", made.name);
        made.call(made::enter);
        made.run("ip link set lo up");
        return made;
    }

    /** Opens netlink sockets in the namespace of the calling thread. */
    public static NetlinkOpener opener() {
        return SystemCalls.find().orElseThrow()::netlinkSocket;
    }

    static int function(String name, Object... arguments) throws IOException {
        int result = Function.getFunction("c", name).invokeInt(arguments);
        if (result < 0) {
            throw new IOException(name + " failed: errno " + Native.getLastError());
        }
        return result;
    }

    private Integer enter() throws IOException {
        int descriptor = function("open", "/var/run/netns/" + name, O_RDONLY);
        int result = function("setns", descriptor, CLONE_NEWNET);
        function("close", descriptor);
        return result;
    }

    public String name() {
        return name;
    }

    /** Runs this in the namespace. */
    public <T> T call(Callable<T> task) throws Exception {
        try {
            return thread.submit(task).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            throw new IllegalStateException(name + " does not answer", e);
        }
    }

    /** Runs a shell command in the namespace, which must succeed, and returns what it prints. */
    public String run(String command) throws IOException {
        return command("ip", "netns", "exec", name, "sh", "-ec", command);
    }

    /** Runs a command, which must succeed, and returns what it prints. */
    static String command(String... words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", words) + ": " + output);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        command("ip", "netns", "del", name);
    }
}
