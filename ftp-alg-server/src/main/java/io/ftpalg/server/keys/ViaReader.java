package io.ftpalg.server.keys;

import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.policy.route.Via;
import io.ftpalg.server.settings.ProxyUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the {@link Via} of a listener or route. Stateless. */
final class ViaReader {
    private ViaReader() {}

    /** Returns the proxies that are given there, or those above if none are. */
    static Via read(Given given, Via above) {
        if (!given.offers(RouteKeys.VIA) || !given.has(RouteKeys.VIA)) {
            return above;
        }
        List<TunnelProxy> proxies = new ArrayList<>();
        for (Given hop : given.sections(RouteKeys.VIA)) {
            hop.one(RouteKeys.PROXY_URL)
                    .flatMap(url ->
                            hop.whole(() -> proxy(url, hop), RouteKeys.PROXY_USER, RouteKeys.PROXY_PASSWORD_FILE))
                    .ifPresent(proxies::add);
        }
        Optional<Via> via = given.whole(() -> new Via(proxies), RouteKeys.VIA);
        return via.orElse(Via.NONE);
    }

    private static TunnelProxy proxy(ProxyUrl url, Given hop) {
        return new TunnelProxy(
                url.protocol(), url.address(), hop.one(RouteKeys.PROXY_USER), hop.one(RouteKeys.PROXY_PASSWORD_FILE));
    }
}
