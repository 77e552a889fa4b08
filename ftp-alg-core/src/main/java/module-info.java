/**
 * The gateway as a library: {@link io.ftpalg} to run it, {@link io.ftpalg.policy} to decide what it does, with
 * {@link io.ftpalg.routing} for several servers, and {@link io.ftpalg.codec} with {@link io.ftpalg.protocol} for anyone who
 * wants FTP on Netty.
 *
 * <p>Each package says its status. <b>Stable</b>: code that was compiled against a release links with the next ones of the same
 * major version, which the build checks. <b>Experimental</b>: may change with any minor release. What is not exported is
 * internal and may change with any release.
 */
@SuppressWarnings("requires-automatic") // JNA has a name, and no descriptor
module io.ftpalg {
    requires transitive io.netty.buffer;
    requires transitive io.netty.codec;
    requires transitive io.netty.common;
    requires transitive io.netty.handler;
    requires transitive io.netty.transport;
    requires io.netty.codec.dns;
    requires io.netty.codec.haproxy;
    requires io.netty.codec.http;
    requires io.netty.codec.socks;
    requires io.netty.handler.proxy;
    requires io.netty.resolver;
    requires io.netty.resolver.dns;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.io_uring;
    requires io.netty.transport.classes.kqueue;
    requires io.netty.transport.unix.common;
    requires java.naming;
    requires jdk.net;
    requires org.slf4j;
    requires static com.sun.jna;
    requires static org.jspecify;

    exports io.ftpalg;
    exports io.ftpalg.codec;
    exports io.ftpalg.live;
    exports io.ftpalg.policy;
    exports io.ftpalg.policy.inspect;
    exports io.ftpalg.policy.login;
    exports io.ftpalg.policy.route;
    exports io.ftpalg.policy.tls;
    exports io.ftpalg.policy.transfer;
    exports io.ftpalg.protocol;
    exports io.ftpalg.routing;
    exports io.ftpalg.rules;
    exports io.ftpalg.rules.path;
    exports io.ftpalg.tls;
}
