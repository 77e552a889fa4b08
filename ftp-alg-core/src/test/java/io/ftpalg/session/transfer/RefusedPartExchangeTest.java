package io.ftpalg.session.transfer;

import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.policy.inspect.PartsOf;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.Playbook;
import org.junit.jupiter.api.Test;

class RefusedPartExchangeTest {

    private static Playbook refused() {
        return TransferExchangeTest.passive(
                        Playbook.cast().transfers(TransferPolicy.NONE.inspectedBy(new PartsOf(Side.SERVER))))
                .play("""
                        C> REST 5
                        S< REST 5
                        S> 350 from 5
                        C< 350 from 5
                        C> STOR f
                        S< REST 0
                        C> NOOP
                        ~
                        """);
    }

    @Test
    void refusesWhenTheServerHasReplied() {
        refused().play("""
                S> 350 from 0
                C< 504 Files are inspected here, and are transferred whole only.
                S< NOOP
                S> 200 ok
                C< 200 ok
                """);
    }

    @Test
    void leavesTheDataPortToADownload() {
        refused().play("""
                S> 350 from 0
                C< 504 Files are inspected here, and are transferred whole only.
                S< NOOP
                S> 200 ok
                C< 200 ok
                C> RETR f
                S< RETR f
                ~
                """);
    }
}
