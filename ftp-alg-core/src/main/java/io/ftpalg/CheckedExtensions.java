package io.ftpalg;

import io.ftpalg.policy.ClientGate;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.ReplyFilter;
import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.login.ProxyUsers;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.ExtensionException;
import io.ftpalg.tls.ClientTlsContexts;
import io.ftpalg.tls.ServerTlsContexts;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The embedder's objects as sessions use them: what one throws, and null where there must be a value, is logged by
 * {@link ExtensionErrors} and becomes a failure that ends the session in question and no other. One for a gateway, used from
 * any thread.
 */
final class CheckedExtensions {
    private final ExtensionErrors errors;

    CheckedExtensions(ExtensionErrors errors) {
        this.errors = errors;
    }

    Router router(Router router) {
        return new CheckedRouter(router, errors);
    }

    CommandFilter filter(CommandFilter filter) {
        CommandFilter checked = CommandFilter.withSession((command, session) -> {
            Verdict verdict;
            // Once a command: without a lambda for it.
            try {
                verdict = filter.filter(command, session);
            } catch (RuntimeException e) {
                throw errors.failed(filter, "filter", e);
            }
            return checked(filter, present(filter, "filter", verdict));
        });
        return errors.call(filter, "limitsTransfers", filter::limitsTransfers) ? checked.limitingTransfers() : checked;
    }

    private Verdict checked(CommandFilter filter, Verdict verdict) {
        if (verdict instanceof Verdict.Later later) {
            return new Verdict.Later(checked(filter, present(filter, "filter", later.verdict())));
        }
        if (verdict instanceof Verdict.Ask ask) {
            return new Verdict.Ask(ask.question(), (reply, session) -> {
                Verdict decided;
                try {
                    decided = ask.decide().decide(reply, session);
                } catch (RuntimeException e) {
                    throw errors.failed(filter, "filter", e);
                }
                return checked(filter, present(filter, "filter", decided));
            });
        }
        return verdict;
    }

    private CompletionStage<Verdict> checked(CommandFilter filter, CompletionStage<? extends Verdict> verdict) {
        return CheckedStage.of(verdict, (decided, failure) -> {
            if (failure == null) {
                return present(filter, "filter", decided);
            }
            throw failure instanceof Error ? failure : errors.failed(filter, "filter", failure);
        });
    }

    ReplyFilter replyFilter(ReplyFilter filter) {
        return (reply, command, session) -> {
            FtpReply filtered;
            try {
                filtered = filter.filter(reply, command, session);
            } catch (RuntimeException e) {
                throw errors.failed(filter, "filter", e);
            }
            return present(filter, "filter", filtered);
        };
    }

    TransferPolicy transferPolicy(TransferPolicy policy) {
        return new TransferPolicy() {
            @Override
            public TransferTerms terms(FtpCommand command, FilterContext session) {
                return errors.call(policy, "terms", () -> policy.terms(command, session));
            }

            @Override
            public boolean limits(FilterContext session) {
                return errors.call(policy, "limits", () -> policy.limits(session));
            }

            @Override
            public boolean inspects(FilterContext session) {
                return errors.call(policy, "inspects", () -> policy.inspects(session));
            }

            @Override
            public boolean allowsParts(Side sender, FilterContext session) {
                return errors.call(policy, "allowsParts", () -> policy.allowsParts(sender, session));
            }
        };
    }

    /** Refuses clients for which the gate failed. */
    ClientGate gate(ClientGate gate) {
        return client -> {
            try {
                return errors.call(gate, "refuse", () -> gate.refuse(client));
            } catch (ExtensionException e) {
                return Optional.of(Replies.SERVICE_NOT_AVAILABLE);
            }
        };
    }

    LoginPolicy login(LoginPolicy login) {
        return login.users().map(users -> login.withUsers(users(users))).orElse(login);
    }

    private ProxyUsers users(ProxyUsers users) {
        return (name, password, client) -> stage(() -> errors.<CompletionStage<Optional<ProxyUser>>>call(
                        users, "authenticate", () -> users.authenticate(name, password, client))
                .thenApply(user -> present(users, "authenticate", user)));
    }

    ClientTlsContexts clientContexts(ClientTlsContexts contexts) {
        return new ClientTlsContexts() {
            @Override
            public CompletionStage<SslContext> choose(Optional<String> serverName, InetSocketAddress listener) {
                return chosen(contexts, () -> contexts.choose(serverName, listener));
            }

            @Override
            public CompletionStage<SslContext> choose(
                    Optional<String> serverName, InetSocketAddress listener, InetSocketAddress client) {
                return chosen(contexts, () -> contexts.choose(serverName, listener, client));
            }
        };
    }

    private CompletionStage<SslContext> chosen(
            ClientTlsContexts contexts, Supplier<CompletionStage<SslContext>> choice) {
        return stage(() -> {
            CompletionStage<SslContext> chosen = errors.call(contexts, "choose", choice);
            return CheckedStage.of(chosen, (context, failure) -> {
                if (failure == null) {
                    return present(contexts, "choose", context);
                }
                throw failure;
            });
        });
    }

    ServerTlsContexts serverContexts(ServerTlsContexts contexts) {
        return tls -> errors.call(contexts, "choose", () -> contexts.choose(tls));
    }

    /** A failure of the call is one of the stage. */
    private static <T> CompletionStage<T> stage(Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (ExtensionException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private <T> T present(Object object, String method, @Nullable T result) {
        if (result == null) {
            throw errors.failed(object, method, new NullPointerException(method + " returned null"));
        }
        return result;
    }
}
