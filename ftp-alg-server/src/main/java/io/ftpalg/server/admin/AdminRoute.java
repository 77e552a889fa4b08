package io.ftpalg.server.admin;

import java.util.concurrent.CompletionStage;

/** Responds to the requests for one method and path. Shared by all connections. */
@FunctionalInterface
public interface AdminRoute {

    /**
     * Returns the response, at once or later. Called on the event loop of the admin server, which it must not block; the stage
     * may complete on any thread. A stage that fails, or a throw, is a 500 without details, and an error in the log; one that is
     * not complete after {@link AdminLimits#RESPONSE_TIME} is a 504.
     */
    CompletionStage<AdminResponse> handle(AdminRequest request);
}
