package io.ftpalg.server.admin.page;

import io.ftpalg.server.admin.AdminResponse;
import io.ftpalg.server.admin.AdminRoutes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The routes of the page's files. They are open: a browser asks for them before its user can enter a token, and they are the same
 * for everyone. Stateless.
 */
public final class PageRoutes {
    /** Beside what each response forbids, no script of the page can make markup of a text: browsers refuse it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";

    private PageRoutes() {}

    /** Adds the routes. */
    public static void addTo(AdminRoutes.Builder routes) {
        for (PageFile file : PageFiles.read()) {
            CompletionStage<AdminResponse> response = CompletableFuture.completedStage(
                    AdminResponse.of(200, file.type(), file.content()).withHeader("content-security-policy", POLICY));
            routes.addOpen(file.path(), request -> response);
        }
    }
}
