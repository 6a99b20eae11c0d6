package dev.bastion.sandbox.github.git;

import dev.bastion.sandbox.github.account.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;

/** The branches of the repository: reads and moves them, and announces a move as a push. */
public final class Branches {
    private final BareRepository repository;
    private final PushListeners pushes;

    public Branches(BareRepository repository, PushListeners pushes) {
        this.repository = repository;
        this.pushes = pushes;
    }

    /** The commit it has; forty zeros when there is no such branch. */
    public String tip(String branch) {
        return repository.resolve(Constants.R_HEADS + branch);
    }

    /**
     * Moves, creates or deletes a branch and announces it; false when it is not at {@code from}.
     *
     * @param from its expected commit; forty zeros for a new branch
     * @param to its new commit; forty zeros to delete it
     */
    public boolean move(String branch, String from, String to, Account who) {
        boolean done = set(branch, from, to, who);
        if (done) {
            tell(new Push(branch, from, to), who);
        }
        return done;
    }

    /** The same without an announcement. */
    public boolean set(String branch, String from, String to, Account who) {
        try {
            RefUpdate update = repository.git().updateRef(Constants.R_HEADS + branch);
            update.setExpectedOldObjectId(ObjectId.fromString(from));
            update.setForceUpdate(true);
            update.setRefLogMessage("by " + who.login(), false);
            return to.equals(Push.NOTHING) ? isDone(update.delete()) : isDone(update(update, to));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot move the branch " + branch, failure);
        }
    }

    public void tell(Push push, Account who) {
        pushes.tell(push, who);
    }

    private static RefUpdate.Result update(RefUpdate update, String to) throws IOException {
        update.setNewObjectId(ObjectId.fromString(to));
        return update.update();
    }

    private static boolean isDone(RefUpdate.Result result) {
        return switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE, RENAMED -> true;
            case NOT_ATTEMPTED,
                    LOCK_FAILURE,
                    REJECTED,
                    REJECTED_CURRENT_BRANCH,
                    IO_FAILURE,
                    REJECTED_MISSING_OBJECT,
                    REJECTED_OTHER_REASON -> false;
        };
    }
}
