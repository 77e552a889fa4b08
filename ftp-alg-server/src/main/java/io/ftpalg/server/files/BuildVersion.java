package io.ftpalg.server.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program, as the build wrote it into the jar. Stateless. */
public final class BuildVersion {

    private BuildVersion() {}

    /** Returns the version. */
    public static String version() {
        try (InputStream in = BuildVersion.class.getResourceAsStream("/io/ftpalg/server/build.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
