package io.ftpalg.server.tls;

import io.ftpalg.server.tls.trust.Certificates;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * Some credentials, of which the client's name for the server (SNI) chooses one: that with the name itself, else that with
 * a wildcard for it, else the first. Unchanging; any thread.
 */
final class NamedContexts {

    /** A certificate and what gives its contexts. */
    private record Entry(X509Certificate certificate, Supplier<SslContext> contexts) {}

    private final List<Entry> entries = new ArrayList<>();

    NamedContexts(List<Credential> credentials, ClientContextMaker maker) throws TlsConfigException {
        for (Credential credential : credentials) {
            entries.add(new Entry(credential.certificate(), maker.contexts(credential)));
        }
    }

    CompletionStage<SslContext> choose(Optional<String> serverName, InetSocketAddress listener) {
        Entry entry = serverName.flatMap(this::named).orElse(entries.get(0));
        try {
            return CompletableFuture.completedStage(entry.contexts().get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private Optional<Entry> named(String name) {
        return first(name, Certificates::hasName).or(() -> first(name, Certificates::hasWildcardFor));
    }

    private Optional<Entry> first(String name, BiPredicate<X509Certificate, String> fits) {
        return entries.stream()
                .filter(entry -> fits.test(entry.certificate(), name))
                .findFirst();
    }
}
