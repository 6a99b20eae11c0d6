package dev.bastion.apply;

import dev.bastion.apply.DueEnvironments.Due;
import java.util.Optional;

/** What is pushed to the applied branch while a run works. */
@FunctionalInterface
public interface Pushes {
    /** No pushes: a run of one commit. */
    Pushes NONE = _ -> Optional.empty();

    /**
     * Looks at the branch, and takes as long as that takes.
     *
     * @param head the commit up to which the run knows what is due
     * @return what is due because of later commits; empty when the branch has none
     * @throws RuntimeException when it cannot be found out now
     */
    Optional<Due> since(String head);
}
