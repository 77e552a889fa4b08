package io.ftpalg.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.login.ProxyUsers;
import io.ftpalg.protocol.Secret;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UserSourcesTest {
    private final List<String> asked = new ArrayList<>();
    private final ProxyUsers no = (name, password, client) -> {
        asked.add("no");
        return CompletableFuture.completedFuture(Optional.empty());
    };
    private final ProxyUsers down = (name, password, client) -> {
        asked.add("down");
        return CompletableFuture.failedFuture(new UsersException("it is down"));
    };

    @Test
    void theFirstThatAcceptsWinsAndIsTheLastAsked() throws Exception {
        assertThat(ask(no, yes("one"), yes("two"))).contains(new ProxyUser("one", Set.of()));
        assertThat(asked).containsExactly("no", "one");
    }

    @Test
    void nobodyIsRefusedBeforeAllWereAsked() throws Exception {
        assertThat(ask(no, no, no)).isEmpty();
        assertThat(asked).containsExactly("no", "no", "no");
        assertThat(ask()).isEmpty();
    }

    @Test
    void oneThatIsDownDoesNotMatterIfAnotherAccepts() throws Exception {
        assertThat(ask(down, no, yes("one"))).isPresent();
        assertThat(ask(yes("one"), down)).isPresent();
    }

    @Test
    void failsIfNobodyAcceptsAndOneIsDown() {
        for (List<ProxyUsers> sources :
                List.of(List.of(down), List.of(down, no), List.of(no, down), List.of(down, no, no))) {
            assertThatThrownBy(() -> ask(sources.toArray(ProxyUsers[]::new)))
                    .rootCause()
                    .isInstanceOf(UsersException.class)
                    .hasMessage("it is down");
        }
    }

    @Test
    void waitsForAnAnswerThatComesLater() throws Exception {
        CompletableFuture<Optional<ProxyUser>> later = new CompletableFuture<>();
        CompletableFuture<Optional<ProxyUser>> answer = new UserSources(
                        List.of((name, password, client) -> later, yes("two")))
                .authenticate("u", Secret.of("p"), new InetSocketAddress("192.0.2.1", 1))
                .toCompletableFuture();
        assertThat(answer).isNotDone();

        later.complete(Optional.empty());

        assertThat(answer.get()).map(ProxyUser::name).contains("two");
    }

    private ProxyUsers yes(String who) {
        return (name, password, client) -> {
            asked.add(who);
            return CompletableFuture.completedFuture(Optional.of(new ProxyUser(who, Set.of())));
        };
    }

    private static Optional<ProxyUser> ask(ProxyUsers... sources) throws Exception {
        return new UserSources(List.of(sources))
                .authenticate("u", Secret.of("p"), new InetSocketAddress("192.0.2.1", 1))
                .toCompletableFuture()
                .get();
    }
}
