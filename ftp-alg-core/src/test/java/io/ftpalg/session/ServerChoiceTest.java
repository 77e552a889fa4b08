package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.Route;
import io.ftpalg.policy.RouteServer;
import io.ftpalg.policy.ServerTls;
import io.ftpalg.policy.ServerUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerChoiceTest {
    private final List<String> heard = new ArrayList<>();
    private final ServerChoice choice = new ServerChoice();

    @Test
    void goesThroughTheServersOfTheRoute() {
        choice.found(Route.to(List.of(server("a"), server("b"))));

        assertThat(choice.next()).isSameAs(choice.route().servers().get(0));
        choice.failed("down");
        choice.failed("again");
        assertThat(choice.hasNext()).isTrue();
        assertThat(choice.next()).isSameAs(choice.server());
        choice.ready();
        choice.leave();
        choice.leave();

        assertThat(choice.hasNext()).isFalse();
        assertThat(heard).containsExactly("a begun", "a failed down", "b begun", "b ready", "b ended");
    }

    @Test
    void forgetsTheRouteAndLeavesItsServer() {
        choice.found(Route.to(List.of(server("a"), server("b"))).withIdleTimeout(Optional.of(Duration.ofSeconds(7))));
        choice.next();
        assertThat(choice.idleTimeout()).contains(Duration.ofSeconds(7));

        choice.forget();

        assertThat(heard).containsExactly("a begun", "a ended");
        assertThat(choice.hasNext()).isFalse();
        assertThat(choice.idleTimeout()).isEmpty();
        assertThatThrownBy(choice::server).isInstanceOf(NullPointerException.class);
    }

    private RouteServer server(String name) {
        return new RouteServer(List.of(Playbook.SERVER), ServerTls.OFF, new ServerUse() {
            @Override
            public void begun() {
                heard.add(name + " begun");
            }

            @Override
            public void ready() {
                heard.add(name + " ready");
            }

            @Override
            public void failed(String detail) {
                heard.add(name + " failed " + detail);
            }

            @Override
            public void ended() {
                heard.add(name + " ended");
            }
        });
    }
}
