package io.ftpalg.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ftpalg.policy.login.ProxyUser;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {

    @Test
    void hasTheFactsOfTheSession() {
        Question question = Question.of(
                "client=10.0.0.7 user=bob gateway-user=eve group=a,b server=192.0.2.1 tls=yes directory=/in size=5 STOR a b",
                Instant.EPOCH);

        assertThat(question.session())
                .satisfies(
                        session -> assertThat(session.client().getAddress().getHostAddress())
                                .isEqualTo("10.0.0.7"),
                        session -> assertThat(session.user()).contains("bob"),
                        session -> assertThat(session.proxyUser()).contains(new ProxyUser("eve", Set.of("a", "b"))),
                        session -> assertThat(session.server()).isPresent(),
                        session -> assertThat(session.tls()).isPresent(),
                        session -> assertThat(session.directory()).contains("/in"),
                        session -> assertThat(session.declaredSize()).contains(5L));
    }

    @Test
    void keepsTheArgumentAsWritten() {
        assertThat(Question.of("user=bob  STOR  a=b  c", Instant.EPOCH)
                        .command()
                        .argument())
                .isEqualTo(" a=b  c");
    }

    @Test
    void isOfTheTimeGiven() {
        assertThat(Question.of("time=2026-01-31T08:30:00+01:00 NOOP", Instant.EPOCH)
                        .now())
                .isEqualTo(Instant.parse("2026-01-31T07:30:00Z"));
    }

    @Test
    void isInTheRootDirectoryByDefault() {
        assertThat(Question.of("NOOP", Instant.EPOCH).session().directory()).contains("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "client=a NOOP",
                "color=red NOOP",
                "user=bob",
                "tls=maybe NOOP",
                "directory=in NOOP",
                "size=-1 NOOP",
                "time=now NOOP",
                "group=a NOOP",
                "server=example.com NOOP"
            })
    void refuses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Question.of(text, Instant.EPOCH));
    }
}
