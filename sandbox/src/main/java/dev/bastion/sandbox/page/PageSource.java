package dev.bastion.sandbox.page;

import java.util.List;
import java.util.function.Consumer;

/**
 * The data that the page shows beside the channel. Implementations answer quickly from what they have (each call is one look from
 * a browser) and may be called by any thread.
 */
public interface PageSource {
    /** The ledger's commits on its branch, newest first; at most a few hundred. */
    List<LogEntry> log();

    /** CI runs, newest first. */
    List<CiRun> runs();

    /** All that the run printed up to now; empty when there is no such run or it has printed nothing. */
    String output(String run);

    /** Bastion instances, running ones first; terminated ones for as long as the emulator still tells of them. */
    List<InstanceView> instances();

    /** Pull requests, newest first; none where the forge of the sandbox knows none. */
    default List<PullRequestView> pullRequests() {
        return List.of();
    }

    /**
     * Does something to a pull request.
     *
     * @param person name of somebody of the workspace
     * @param text Markdown, may be empty
     * @throws IllegalArgumentException when it cannot be done, saying why
     */
    default void act(String person, int pullRequest, PullRequestAction act, String text) {
        throw new IllegalArgumentException("there are no pull requests here");
    }

    /** Whether there is a forge that can be down. */
    default boolean hasGitHub() {
        return false;
    }

    /** Lets the forge be down, or up again. */
    default void forge(boolean down) {
        throw new IllegalArgumentException("there is no forge here");
    }

    /** What the sandbox consists of and how each part is: the service, CI, the AWS emulator. */
    default List<ComponentView> parts() {
        return List.of();
    }

    /** From now on {@code listener} is told, by any thread, when what a topic shows may have changed. Must not block. */
    void onChange(Consumer<Topic> listener);
}
