package io.ftpalg.policy;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Looks names up without blocking the caller. */
@FunctionalInterface
public interface NameResolver {

    /** Returns all addresses of the name, at least one, or fails with {@link java.net.UnknownHostException}. */
    CompletionStage<List<InetAddress>> resolve(String host);
}
