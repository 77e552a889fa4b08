package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may stand in a wish: it is carried out elsewhere, and tells nothing by itself. */
class SessionActionsTest {
    private static final Set<Class<?>> ANSWERS =
            Set.of(void.class, long.class, boolean.class, Set.class, SessionActions.Scheduled.class);

    private static Stream<Method> wishes() {
        return Arrays.stream(SessionActions.class.getDeclaredMethods());
    }

    @Test
    void resultsComeAsEvents() {
        assertThat(wishes()).isNotEmpty().allSatisfy(wish -> {
            assertThat(wish.getReturnType()).as(wish.getName()).isIn(ANSWERS);
            assertThat(wish.getExceptionTypes()).as(wish.getName()).isEmpty();
        });
    }

    @Test
    void wishesAreMadeOfValues() {
        List<String> packages = wishes().flatMap(wish -> Arrays.stream(wish.getParameterTypes()))
                .filter(type -> !type.isPrimitive())
                .map(Class::getPackageName)
                .distinct()
                .toList();

        assertThat(packages)
                .contains("io.ftpalg.protocol")
                .allMatch(name -> name.startsWith("java.")
                        || name.equals("io.ftpalg.protocol")
                        || name.equals("io.ftpalg.session.data")
                        || name.equals("io.ftpalg.policy")
                        || name.startsWith("io.ftpalg.policy."));
    }
}
