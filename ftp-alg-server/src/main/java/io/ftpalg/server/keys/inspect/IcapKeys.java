package io.ftpalg.server.keys.inspect;

import static io.ftpalg.server.keys.form.Key.Kind.TEXT;

import io.ftpalg.server.inspect.icap.IcapSettings;
import io.ftpalg.server.inspect.icap.IcapUrl;
import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The keys of {@code icap} of an inspection, and what is made of them. */
final class IcapKeys {
    private static final Key<IcapUrl> URL = Key.of(
                    "url",
                    TEXT,
                    "icap://HOST[:PORT]/SERVICE",
                    "the service, port 1344 if left out, such as icap://127.0.0.1/avscan",
                    IcapUrl::of)
            .needed();
    private static final Key<OnFailure> ON_FAILURE =
            ScannerKeys.onFailure("files that the service did not scan to their end");
    private static final Key<Long> SCAN_SIZE =
            ScannerKeys.maxSize("the largest file that is sent to the service; with a larger one as on-failure");
    private static final Key<Integer> CONNECTIONS = ScannerKeys.connections(
            "files that are sent at a time, fewer if the service has Max-Connections; others wait");
    private static final Key<Duration> TIMEOUT =
            ScannerKeys.timeout("time for each answer of the service, below verdict-timeout");
    private static final Key<Boolean> CLIENT_IP = Key.flag(
                    "client-ip", "send the address of the client, as X-Client-IP")
            .standard("false");
    private static final Key<Boolean> USER = Key.flag(
                    "user", "send the name of the user, of the gateway or else the server, as X-Authenticated-User")
            .standard("false");
    /** The section. */
    static final Section ICAP = Section.oneOrMore(
            "icap",
            "services of ICAP, each of which gets every file",
            URL,
            ON_FAILURE,
            SCAN_SIZE,
            CONNECTIONS,
            TIMEOUT,
            CLIENT_IP,
            USER);

    private IcapKeys() {}

    /** Returns the services, none if there is no such section. */
    static List<IcapSettings> read(Given inspection, Duration verdictTimeout) {
        List<IcapSettings> services = new ArrayList<>();
        Set<IcapUrl> urls = new HashSet<>();
        for (Given given : inspection.sections(ICAP)) {
            if (given.get(TIMEOUT).compareTo(verdictTimeout) >= 0) {
                given.problem("icap.timeout is not below verdict-timeout, which rejects the file: lower it", TIMEOUT);
            }
            given.one(URL).ifPresent(url -> {
                if (!urls.add(url)) {
                    given.problem("this service is there already: remove one of both", URL);
                }
                services.add(new IcapSettings(
                        url,
                        given.get(ON_FAILURE),
                        given.get(SCAN_SIZE),
                        given.get(CONNECTIONS),
                        given.get(TIMEOUT),
                        given.get(CLIENT_IP),
                        given.get(USER)));
            });
        }
        return services;
    }
}
