package io.ftpalg.it;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The certificates, servers and gateways of a test class about TLS: each is made when first asked for. Thread-safe. */
final class TlsWorld implements AfterAllCallback {
    private final TlsMaterial material = TlsMaterial.create();
    private final Servers servers = new Servers();
    private final Map<Key, TlsGateway> gateways = new HashMap<>();

    private record Key(ServerKind server, Protection towardsServer, List<String> options) {}

    TlsMaterial material() {
        return material;
    }

    TestServer server(ServerKind kind, Protection protection) {
        return servers.get(
                kind, protection == Protection.CLEAR ? ServerSecurity.NONE : ServerSecurity.of(protection, material));
    }

    /** Returns a gateway that lives as long as the class. */
    synchronized TlsGateway gateway(ServerKind server, Protection towardsServer, String... options) {
        Key key = new Key(server, towardsServer, List.of(options));
        TlsGateway gateway = gateways.get(key);
        if (gateway == null) {
            gateway = TlsGateway.start(server(server, towardsServer), towardsServer, material, options);
            gateways.put(key, gateway);
        }
        return gateway;
    }

    /** Returns the TLS of a raw client of its own that trusts what is to be trusted. */
    RawTls tls(TlsVersion version) {
        return new RawTls(material.context(), version);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try {
            gateways.values().forEach(TlsGateway::close);
        } finally {
            servers.close();
            material.close();
        }
    }
}
