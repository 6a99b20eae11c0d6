package dev.bastion.sandbox.github;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Accounts;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.git.RepositoryName;
import dev.bastion.sandbox.github.rest.RestApi;
import dev.bastion.sandbox.github.status.CommitStatus;
import io.javalin.Javalin;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A GitHub on a free port of its own, for tests: one repository and a few accounts. */
public final class GitHubServer implements AutoCloseable {
    private final RepositoryName name;
    private final BareRepository repository;
    private final Account account;
    private final GitHub github;
    private final Javalin server;
    /** Where nothing listens; empty for the port that is listened on. */
    private final OptionalInt namedPort;

    private GitHubServer(
            RepositoryName name,
            BareRepository repository,
            List<Account> accounts,
            InstantSource clock,
            ExecutorService workers,
            OptionalInt namedPort) {
        this.namedPort = namedPort;
        this.name = name;
        this.repository = repository;
        this.account = accounts.getFirst();
        this.github = new GitHub(name, repository, new Accounts(accounts), this::base, clock, workers);
        this.server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            github.mount(config);
        });
    }

    /**
     * Serves the bare repository at {@code folder}, which is made when it is not there.
     *
     * @param name {@code owner/name}
     * @param token the password of git, the bearer of REST
     */
    public static GitHubServer start(Path folder, String name, String token) {
        return start(folder, name, InstantSource.system(), Account.bot("bastion[bot]", token));
    }

    /**
     * The same for several accounts.
     *
     * @param accounts the first one's token is {@link #token}
     */
    public static GitHubServer start(Path folder, String name, InstantSource clock, Account... accounts) {
        return start(folder, name, clock, 0, Executors.newVirtualThreadPerTaskExecutor(), accounts);
    }

    /**
     * The same with other workers than threads of its own, on a port of one's choice.
     *
     * @param port 0 for a free one
     * @param workers compute, after a request, whether pull requests can be merged; closed with the server
     */
    public static GitHubServer start(
            Path folder, String name, InstantSource clock, int port, ExecutorService workers, Account... accounts) {
        GitHubServer started = new GitHubServer(
                RepositoryName.parse(name),
                BareRepository.at(folder),
                List.of(accounts),
                clock,
                workers,
                OptionalInt.empty());
        started.server.start("127.0.0.1", port);
        return started;
    }

    /**
     * The same without a socket: {@link #servlet} answers REST requests, and nothing serves git.
     *
     * @param port that its addresses name
     */
    public static GitHubServer withoutSocket(
            Path folder, String name, InstantSource clock, int port, ExecutorService workers, Account... accounts) {
        return new GitHubServer(
                RepositoryName.parse(name),
                BareRepository.at(folder),
                List.of(accounts),
                clock,
                workers,
                OptionalInt.of(port));
    }

    /** Where it is reached, without a slash at the end. */
    public String base() {
        return "http://127.0.0.1:" + namedPort.orElseGet(server::port);
    }

    /** The remote, without credentials: any user name, and {@link #token} as the password. */
    public String remote() {
        return base() + "/" + name + ".git";
    }

    /** The REST interface's address, without a slash at the end. */
    public String api() {
        return base() + RestApi.ROOT;
    }

    /** What answers REST requests, for callers in this process: they are not counted in {@link GitHub#traffic}. */
    public Servlet servlet() {
        return server.javalinServlet();
    }

    public String token() {
        return account.token();
    }

    public BareRepository repository() {
        return repository;
    }

    /** GitHub itself: its pull requests, its rules, its people. */
    public GitHub github() {
        return github;
    }

    public GitHubFaults faults() {
        return github.faults();
    }

    public void down() {
        faults().down();
    }

    public void up() {
        faults().up();
    }

    public void onPush(Consumer<Push> listener) {
        github.onPush(listener);
    }

    public List<CommitStatus> statuses(String commit) {
        return github.statuses(commit);
    }

    @Override
    public void close() {
        if (namedPort.isEmpty()) {
            server.stop();
        }
        github.close();
        repository.close();
    }
}
