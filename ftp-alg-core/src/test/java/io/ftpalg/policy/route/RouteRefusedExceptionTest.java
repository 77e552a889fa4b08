package io.ftpalg.policy.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteRefusedExceptionTest {

    @Test
    void carriesNoStackSincePeersCauseIt() {
        RouteRefusedException refused = new RouteRefusedException("target x:21 is not allowed");

        assertThat(refused).hasMessage("target x:21 is not allowed").hasNoSuppressedExceptions();
        assertThat(refused.getStackTrace()).isEmpty();
    }
}
