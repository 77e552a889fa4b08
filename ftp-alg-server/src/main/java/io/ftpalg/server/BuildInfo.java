package io.ftpalg.server;

import io.netty.util.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: the version of this program, and of what it runs on. */
public final class BuildInfo implements IVersionProvider {

    /** Returns the version of this program. */
    public static String version() {
        try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        Version netty = Version.identify(BuildInfo.class.getClassLoader()).get("netty-common");
        return new String[] {
            "ftp-alg " + version(),
            "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ") on "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            "Netty " + (netty == null ? "unknown" : netty.artifactVersion()),
            "Transports " + Transports.available()
        };
    }
}
