package dev.bastion.sandbox.github;

import io.javalin.config.JavalinConfig;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The forge, to be mounted on a server: git at {@code /owner/name.git}, REST at {@code /api/v3}. */
public final class GitHub {
    private final Faults faults = new Faults();
    private final Accounts accounts;
    private final GitTransport transport;
    private final Statuses statuses;
    private final Rest rest;

    /** @param base where it is reached, like {@code http://127.0.0.1:8080}; asked when an answer needs it */
    public GitHub(RepositoryName name, BareRepository repository, Accounts accounts, Supplier<String> base) {
        Shapes shapes = new Shapes(name, base);
        this.accounts = accounts;
        this.transport = new GitTransport(name, repository, faults);
        this.statuses = new Statuses(repository, shapes);
        this.rest = new Rest(
                accounts, faults, List.of(new Meta(shapes), new RateLimit(), new Repositories(name, shapes), statuses));
    }

    public void mount(JavalinConfig config) {
        transport.mount(config, accounts);
        rest.mount(config.routes);
    }

    public Faults faults() {
        return faults;
    }

    /** {@code listener} is told after the refs have moved and before the pusher is; it must not block. */
    public void onPush(Consumer<Push> listener) {
        transport.onPush(listener);
    }

    /** {@code listener} is told of every commit status; it must not block. */
    public void onStatus(Consumer<CommitStatus> listener) {
        statuses.onStatus(listener);
    }

    /** What was said of a commit, newest first. */
    public List<CommitStatus> statuses(String commit) {
        return statuses.of(commit);
    }
}
