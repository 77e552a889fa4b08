package io.ftpalg.server.users;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.login.ProxyUsers;
import io.ftpalg.protocol.Secret;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Users from several sources, tried in order: the first that accepts the password has the user. One that is unreachable
 * does not matter if another accepts; else the check fails for its reason. The creator of the sources closes them; any thread.
 *
 * @param sources the first is asked first
 */
public record UserSources(List<ProxyUsers> sources) implements ProxyUsers {

    public UserSources {
        sources = List.copyOf(sources);
    }

    @Override
    public CompletionStage<Optional<ProxyUser>> authenticate(String name, Secret password, InetSocketAddress client) {
        CompletionStage<Optional<ProxyUser>> answer = CompletableFuture.completedFuture(Optional.empty());
        for (ProxyUsers source : sources) {
            answer = then(answer, source, name, password, client);
        }
        return answer;
    }

    /** Tries the source unless one before accepted; its refusal does not undo the failure of one before. */
    private static CompletionStage<Optional<ProxyUser>> then(
            CompletionStage<Optional<ProxyUser>> before,
            ProxyUsers source,
            String name,
            Secret password,
            InetSocketAddress client) {
        return before.handle((user, failure) -> {
                    if (failure == null && user.isPresent()) {
                        return before;
                    }
                    CompletionStage<Optional<ProxyUser>> next = source.authenticate(name, password, client);
                    return failure == null
                            ? next
                            : next.thenCompose(
                                    found -> found.isPresent() ? CompletableFuture.completedStage(found) : before);
                })
                .thenCompose(answer -> answer);
    }
}
