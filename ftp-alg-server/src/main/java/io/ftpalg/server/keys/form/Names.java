package io.ftpalg.server.keys.form;

import io.ftpalg.server.keys.form.Given.Entry;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The names of the keys as they are given, for messages to the operator. */
public enum Names {
    /** Those of the command line: {@code --tls-cert}. */
    OPTIONS {
        @Override
        public String of(Entry... path) {
            return path[path.length - 1].option().map(CliOption::name).orElseGet(() -> KEYS.of(path));
        }
    },
    /** Those of the config file, with their sections: {@code tls.certificates.cert}. */
    KEYS {
        @Override
        public String of(Entry... path) {
            return Arrays.stream(path).map(Entry::name).collect(Collectors.joining("."));
        }
    };

    /** Returns the name of the last entry, which is below the others. */
    public abstract String of(Entry... path);
}
