package io.ftpalg.server.keys;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.route.FtpProxy;
import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.policy.route.Via;
import io.ftpalg.server.keys.form.Given;
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
        List<TunnelProxy> tunnels = new ArrayList<>();
        Optional<FtpProxy> ftp = Optional.empty();
        for (Given hop : given.sections(RouteKeys.VIA)) {
            Optional<ProxyUrl> url = hop.one(RouteKeys.PROXY_URL);
            if (ftp.isPresent()) {
                hop.problem(
                        "an FTP proxy connects to servers only, so that it is the last one: put it there, or leave one out",
                        RouteKeys.PROXY_URL);
            }
            if (url.isPresent() && url.get().protocol().isEmpty()) {
                ftp = hop.whole(() -> ftpProxy(url.get(), hop), RouteKeys.PROXY_USER, RouteKeys.PROXY_PASSWORD_FILE);
            } else {
                url.flatMap(some ->
                                hop.whole(() -> tunnel(some, hop), RouteKeys.PROXY_USER, RouteKeys.PROXY_PASSWORD_FILE))
                        .ifPresent(tunnels::add);
            }
        }
        Optional<FtpProxy> last = ftp;
        return given.whole(() -> new Via(tunnels, last), RouteKeys.VIA).orElse(Via.NONE);
    }

    private static TunnelProxy tunnel(ProxyUrl url, Given hop) {
        if (hop.has(RouteKeys.PROXY_DIALECT)) {
            hop.problem("dialect is for ftp:// only: leave it out, or give ftp://HOST[:PORT]", RouteKeys.PROXY_DIALECT);
        }
        return new TunnelProxy(
                url.protocol().orElseThrow(),
                url.address(),
                hop.one(RouteKeys.PROXY_USER),
                hop.one(RouteKeys.PROXY_PASSWORD_FILE));
    }

    private static FtpProxy ftpProxy(ProxyUrl url, Given hop) {
        return new FtpProxy(
                url.address(),
                hop.one(RouteKeys.PROXY_DIALECT).orElse(LoginDialect.USER_AT_HOST),
                hop.one(RouteKeys.PROXY_USER),
                hop.one(RouteKeys.PROXY_PASSWORD_FILE));
    }
}
