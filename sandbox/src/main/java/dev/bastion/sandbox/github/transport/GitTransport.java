package dev.bastion.sandbox.github.transport;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.git.PushListeners;
import dev.bastion.sandbox.github.git.RepositoryName;
import dev.bastion.sandbox.github.git.WorkflowFiles;
import io.javalin.config.JavalinConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jgit.http.server.GitFilter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;

/** Git over smart HTTP for one repository, at {@code /owner/name.git}. Announces a push after its refs have moved. */
public final class GitTransport {
    private static final String DEFAULT = Constants.R_HEADS + BareRepository.DEFAULT_BRANCH;

    private static final Permissions WORKFLOWS = Permissions.parse("workflows=write");

    private final RepositoryName name;
    private final BareRepository repository;
    private final PushRules gate;
    private final PushListeners pushes;
    private final WorkflowFiles workflows;

    public GitTransport(RepositoryName name, BareRepository repository, PushRules gate, PushListeners pushes) {
        this.name = name;
        this.repository = repository;
        this.gate = gate;
        this.pushes = pushes;
        this.workflows = new WorkflowFiles(repository);
    }

    public void mount(JavalinConfig config, AuthFilter door) {
        GitFilter git = new GitFilter();
        git.setRepositoryResolver((request, path) -> shared());
        git.setReceivePackFactory(this::receiver);
        config.jetty.modifyServletContextHandler(handler -> {
            add(handler, door);
            add(handler, git);
        });
    }

    private void add(ServletContextHandler handler, Filter filter) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        for (RepositoryName each : List.of(name, RenameFilter.renamed(name))) {
            handler.addFilter(holder, "/" + each + ".git/*", EnumSet.of(DispatcherType.REQUEST));
        }
    }

    private Repository shared() {
        repository.git().incrementOpen();
        return repository.git();
    }

    private ReceivePack receiver(HttpServletRequest request, Repository opened) {
        return receiver(opened, AuthFilter.pusher(request), AuthFilter.permissions(request));
    }

    /** A receiver of one push of an account, under all rules; it announces what it accepted. */
    public ReceivePack receiver(Account pusher) {
        return receiver(shared(), pusher, Optional.empty());
    }

    private ReceivePack receiver(Repository opened, Account pusher, Optional<Permissions> permissions) {
        ReceivePack receiver = new ReceivePack(opened);
        receiver.setAllowNonFastForwards(true); // but not everywhere: see the rules
        receiver.setAtomic(true);
        receiver.setPreReceiveHook((pack, commands) -> {
            commands.forEach(command -> refuseWorkflows(command, permissions));
            refuse(pack, ReceiveCommand.filter(commands, ReceiveCommand.Result.NOT_ATTEMPTED), pusher);
        });
        receiver.setPostReceiveHook((pack, commands) -> tell(commands, pusher));
        return receiver;
    }

    private void refuseWorkflows(ReceiveCommand command, Optional<Permissions> permissions) {
        if (permissions.filter(own -> !own.include(WORKFLOWS)).isPresent()) {
            workflows
                    .added(command.getNewId().name())
                    .ifPresent(file -> command.setResult(
                            ReceiveCommand.Result.REJECTED_OTHER_REASON,
                            "refusing to allow a GitHub App to create or update workflow `" + file
                                    + "` without `workflows` permission"));
        }
    }

    private void refuse(ReceivePack pack, Collection<ReceiveCommand> commands, Account pusher) {
        for (ReceiveCommand command : commands) {
            Optional<String> hidden = Optional.of("deny updating a hidden ref")
                    .filter(why -> !command.getRefName().startsWith(Constants.R_HEADS)
                            && !command.getRefName().startsWith(Constants.R_TAGS)
                            && !command.getRefName().startsWith(Constants.R_NOTES));
            if (hidden.isPresent()) {
                command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, hidden.get());
            } else if (isForced(command) && command.getRefName().equals(DEFAULT)) {
                command.setResult(ReceiveCommand.Result.REJECTED_NONFASTFORWARD);
            } else {
                gate.refusal(command.getRefName(), push(command), pusher).ifPresent(why -> {
                    pack.sendError(why.text());
                    command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, why.status());
                });
            }
        }
    }

    private static boolean isForced(ReceiveCommand command) {
        return command.getType() == ReceiveCommand.Type.UPDATE_NONFASTFORWARD;
    }

    private void tell(Collection<ReceiveCommand> commands, Account pusher) {
        for (ReceiveCommand command : commands) {
            if (command.getResult() == ReceiveCommand.Result.OK
                    && command.getRefName().startsWith(Constants.R_HEADS)) {
                pushes.tell(push(command), pusher);
            }
        }
    }

    private static Push push(ReceiveCommand command) {
        return new Push(
                Repository.shortenRefName(command.getRefName()),
                command.getOldId().name(),
                command.getNewId().name());
    }
}
