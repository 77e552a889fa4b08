package io.ftpalg.session;

import org.junit.jupiter.api.Test;

class UserRuleTest {

    @Test
    void asksTheOneServerOfAReverseGatewayWhateverTheNameLooksLike() {
        Playbook.cast().greeted().play("C> USER joe@ftp.example\nS< USER joe@ftp.example\n~");
    }

    @Test
    void goesWhereTheNameSays() {
        Playbook.cast().forward().begin().play("""
                . start
                C< 220 FTP gateway ready; log in as user@host.
                C> USER a@b.c@ftp.x
                ! route a@b.c@ftp.x
                ~
                """);
    }

    @Test
    void tellsHowToNameAServerWhereTheNameDoesNot() {
        Playbook.cast().forward().begin().play("""
                . start
                C< 220 FTP gateway ready; log in as user@host.
                C> USER joe
                C< 530 Log in with USER user@host and PASS.
                ~
                """);
    }
}
