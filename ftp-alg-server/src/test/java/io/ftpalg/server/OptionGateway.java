package io.ftpalg.server;

import io.ftpalg.FtpAlg;
import io.ftpalg.server.runtime.SettingsException;
import java.util.List;

/** The gateway of a command line inside this JVM, for tests: as the program makes it, and not yet started. Stateless. */
public final class OptionGateway {

    private OptionGateway() {}

    /** Returns the gateway of these options. */
    public static FtpAlg of(List<String> options) {
        try {
            return TestSettings.gateway(TestSettings.program(options.toArray(String[]::new)));
        } catch (SettingsException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
