package io.ftpalg.server;

import io.ftpalg.server.files.BuildVersion;
import io.ftpalg.server.runtime.Transports;
import io.netty.util.Version;
import picocli.CommandLine.IVersionProvider;

/** The text of {@code --version}: the version of this program, and of what it runs on. */
public final class BuildInfo implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Version netty = Version.identify(BuildInfo.class.getClassLoader()).get("netty-common");
        return new String[] {
            "ftp-alg " + BuildVersion.version(),
            "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ") on "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            "Netty " + (netty == null ? "unknown" : netty.artifactVersion()),
            "Transports " + Transports.available()
        };
    }
}
