package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What it does is in {@link QuotaCommandTest}. */
class QuotaAccessTest {

    @Test
    void itsFailureIsForTheUser() {
        assertThat(new QuotaAccess.QuotaException("why")).hasMessage("why");
    }
}
