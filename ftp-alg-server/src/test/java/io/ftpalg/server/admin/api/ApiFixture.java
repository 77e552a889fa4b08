package io.ftpalg.server.admin.api;

import io.ftpalg.server.admin.AdminCaller;
import io.ftpalg.server.admin.AdminMethod;
import io.ftpalg.server.admin.AdminRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/** Requests and addresses for tests of the API. */
final class ApiFixture {
    static final AdminCaller CALLER = new AdminCaller("joe", AdminCaller.Proof.SOCKET);

    private ApiFixture() {}

    /** Returns a request with this query. */
    static AdminRequest asking(Map<String, String> query) {
        Map<String, List<String>> lists = new java.util.HashMap<>();
        query.forEach((name, value) -> lists.put(name, List.of(value)));
        return new AdminRequest(AdminMethod.GET, "/", Map.of(), lists, Map.of(), "", CALLER);
    }

    /** Returns a request with this body. */
    static AdminRequest posting(String body) {
        return new AdminRequest(AdminMethod.POST, "/", Map.of(), Map.of(), Map.of(), body, CALLER);
    }

    /** Returns an address in 10.0.0.0/8. */
    static InetSocketAddress address(int third, int last, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, (byte) third, 0, (byte) last}), port);
    }
}
