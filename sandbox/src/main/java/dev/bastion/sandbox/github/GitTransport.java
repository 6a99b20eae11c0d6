package dev.bastion.sandbox.github;

import io.javalin.config.JavalinConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jgit.http.server.GitFilter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;

/** Smart HTTP for one repository, at {@code /owner/name.git}; tells of pushes once their refs have moved. */
final class GitTransport {
    private final RepositoryName name;
    private final BareRepository repository;
    private final Faults faults;
    private final List<Consumer<Push>> listeners = new CopyOnWriteArrayList<>();

    GitTransport(RepositoryName name, BareRepository repository, Faults faults) {
        this.name = name;
        this.repository = repository;
        this.faults = faults;
    }

    void onPush(Consumer<Push> listener) {
        listeners.add(listener);
    }

    void mount(JavalinConfig config, Accounts accounts) {
        GitFilter git = new GitFilter();
        git.setRepositoryResolver((request, path) -> shared());
        git.setReceivePackFactory(this::receiver);
        config.jetty.modifyServletContextHandler(handler -> {
            add(handler, new Door(accounts, faults));
            add(handler, git);
        });
    }

    private void add(ServletContextHandler handler, Filter filter) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        handler.addFilter(holder, "/" + name + ".git/*", EnumSet.of(DispatcherType.REQUEST));
    }

    private Repository shared() {
        repository.git().incrementOpen();
        return repository.git();
    }

    private ReceivePack receiver(HttpServletRequest request, Repository opened) {
        ReceivePack receiver = new ReceivePack(opened);
        receiver.setAllowNonFastForwards(false);
        receiver.setAtomic(true);
        receiver.setPreReceiveHook(this::refuse);
        receiver.setPostReceiveHook((pack, commands) -> tell(commands));
        return receiver;
    }

    private void refuse(ReceivePack pack, Collection<ReceiveCommand> commands) {
        faults.refusal().ifPresent(why -> {
            for (ReceiveCommand command : commands) {
                pack.sendError(why + " for " + command.getRefName());
                command.setResult(
                        ReceiveCommand.Result.REJECTED_OTHER_REASON, "push declined due to repository rule violations");
            }
        });
    }

    private void tell(Collection<ReceiveCommand> commands) {
        for (ReceiveCommand command : commands) {
            if (command.getResult() == ReceiveCommand.Result.OK
                    && command.getRefName().startsWith(Constants.R_HEADS)) {
                Push push = new Push(
                        Repository.shortenRefName(command.getRefName()),
                        command.getOldId().name(),
                        command.getNewId().name());
                listeners.forEach(listener -> listener.accept(push));
            }
        }
    }
}
