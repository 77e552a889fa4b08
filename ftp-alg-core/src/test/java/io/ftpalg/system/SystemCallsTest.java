package io.ftpalg.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import com.sun.jna.Function;
import com.sun.jna.Native;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class SystemCallsTest {
    private static final List<Class<?>> OURS = List.of(
            SystemCalls.class,
            SystemCallsTest.class,
            LoggerFactory.class,
            LoggerContext.class,
            ch.qos.logback.core.Context.class);

    private static final List<Class<?>> WITH_JNA =
            Stream.concat(OURS.stream(), Stream.of(Native.class)).toList();

    @BeforeAll
    static void loadsNettysCalls() {
        Epoll.ensureAvailability();
    }

    private final SystemCalls calls = SystemCalls.find().orElseThrow();

    /** What another process finds. */
    static final class Finder {
        private Finder() {}

        public static void main(String[] args) {
            LoggerContext log = (LoggerContext) LoggerFactory.getILoggerFactory();
            log.getLogger(SystemCalls.class).setLevel(Level.INFO);
            System.out.println(
                    SystemCalls.find().isPresent() + " " + SystemCalls.missing().orElse("-"));
        }
    }

    @Test
    void setsTheSizeOfAPipe() throws IOException {
        FileDescriptor[] ends = FileDescriptor.pipe();
        try {
            assertThat(calls.setPipeSize(ends[0].intValue(), 1 << 20)).isEqualTo(1 << 20);
            assertThat(calls.setPipeSize(ends[1].intValue(), 4096)).isEqualTo(4096);
        } finally {
            ends[0].close();
            ends[1].close();
        }
    }

    @Test
    void returnsTheSizeThatAPipeHasWhereTheSystemRefusesAnother() throws IOException {
        FileDescriptor[] ends = FileDescriptor.pipe();
        try {
            assertThat(calls.setPipeSize(ends[0].intValue(), -1)).isEqualTo(65_536);
        } finally {
            ends[0].close();
            ends[1].close();
        }
    }

    @Test
    void setsADescriptorNotToBlock() throws IOException {
        FileDescriptor[] ends = FileDescriptor.pipe();
        try {
            int reading = ends[0].intValue();
            Function fcntl = Function.getFunction("c", "fcntl");
            fcntl.invokeInt(new Object[] {reading, 4, 0});
            assertThat(fcntl.invokeInt(new Object[] {reading, 3, 0}) & 0x800).isZero();

            calls.doNotBlock(reading);
            calls.doNotBlock(reading);

            assertThat(fcntl.invokeInt(new Object[] {reading, 3, 0}) & 0x800).isNotZero();
        } finally {
            ends[0].close();
            ends[1].close();
        }
    }

    @Test
    void failsForADescriptorThatIsNone() {
        assertThatThrownBy(() -> calls.doNotBlock(-1)).hasMessageContaining("fcntl(2)");
        assertThatThrownBy(() -> calls.setPipeSize(-1, 4096)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> calls.sendUrgent(-1, 'x'))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("send(2)");
        assertThatThrownBy(() -> calls.netlinkSocket(-1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("socket(2)");
    }

    @Test
    void opensANetlinkSocket() throws IOException {
        int route = 0;

        int socket = calls.netlinkSocket(route);

        new FileDescriptorOf(socket).close();
    }

    @Test
    void areMissingWithoutJna() throws Exception {
        assertThat(found(OURS))
                .contains("system calls missing")
                .contains("false JNA is missing", "com/sun/jna/")
                .endsWith("(add net.java.dev.jna:jna to the class path)");
    }

    @Test
    void areMissingWhereJnaCannotUnpackItsLibrary() throws Exception {
        String found = found(WITH_JNA, "-Djna.nosys=true", "-Djna.tmpdir=/proc/nowhere");

        assertThat(found).contains("false JNA cannot load its native library", "-Djna.tmpdir=DIR");
    }

    @Test
    void areTriedOnLinuxOnly() {
        assertThat(SystemCalls.attempt("Linux", "aarch64", () -> {}).calls()).isPresent();
        assertThat(SystemCalls.attempt("Linux", "amd64", () -> {}).missing()).isEmpty();
        assertThat(SystemCalls.attempt("Linux", "x86", () -> {}).missing())
                .hasValue("they are known for Linux on 64-bit processors only");
        assertThat(SystemCalls.attempt("Mac OS X", "aarch64", () -> {}).calls()).isEmpty();
    }

    @Test
    void areMissingWithTheReason() {
        assertThat(SystemCalls.attempt("Linux", "amd64", () -> {
                            throw new NoClassDefFoundError("com/sun/jna/Native");
                        })
                        .missing())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("JNA is missing"));
        assertThat(SystemCalls.attempt("Linux", "amd64", () -> {
                            throw new UnsatisfiedLinkError("no space");
                        })
                        .missing())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no space", "-Djna.tmpdir=DIR"));
    }

    @Test
    void areMissingOnOtherSystems() throws Exception {
        assertThat(found(WITH_JNA, "-Dos.name=Plan 9"))
                .endsWith("false they are known for Linux on 64-bit processors only");
    }

    /** Returns what a process finds that has nothing but these classes, and those beside them. */
    private static String found(List<Class<?>> classes, String... options) throws Exception {
        String classPath = classes.stream()
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, Finder.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    /** Closes what has no object of Java's. */
    private static final class FileDescriptorOf extends FileDescriptor {
        FileDescriptorOf(int descriptor) {
            super(descriptor);
        }
    }
}
