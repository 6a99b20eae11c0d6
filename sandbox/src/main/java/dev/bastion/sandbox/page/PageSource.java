package dev.bastion.sandbox.page;

import dev.bastion.sandbox.fault.FaultSwitch;
import java.util.List;
import java.util.function.Consumer;

/**
 * The data that the page shows beside the channel. Implementations answer from memory (each call is one fetch by a
 * browser) and may be called by any thread.
 */
public interface PageSource {
    /** The ledger's commits on its branch, newest first; at most a few hundred. */
    List<LogEntry> log();

    /** CI runs, newest first. */
    List<CiRun> runs();

    /** The output of a run so far; empty when there is no such run or no output. */
    String output(String run);

    /** Bastion instances, running ones first, terminated ones as long as the emulator lists them. */
    List<InstanceView> instances();

    /** Open sessions of SSM, oldest first. */
    default List<SessionView> sessions() {
        return List.of();
    }

    /**
     * Opens a session on an instance.
     *
     * @param person a user of the workspace, by name
     * @throws IllegalArgumentException when it cannot be done, saying why
     */
    default void connect(String person, String instance) {
        throw new IllegalArgumentException("this page has no sessions");
    }

    /** The line that prepares a terminal for {@code bastion connect}; empty when there is none. */
    default String terminalLine() {
        return "";
    }

    /** Ends a session; one that has ended stays as it is. */
    default void disconnect(String session) {}

    /** Pull requests, newest first. */
    default List<PullRequestView> pullRequests() {
        return List.of();
    }

    /**
     * Performs an action on a pull request.
     *
     * @param person a user of the workspace, by name
     * @param text Markdown, may be empty
     * @throws IllegalArgumentException when it cannot be done, saying why
     */
    default void act(String person, int pullRequest, PullRequestAction act, String text) {
        throw new IllegalArgumentException("this page has no pull requests");
    }

    /** The faults of other platforms than Slack, platform by platform. */
    default List<FaultSwitch> faults() {
        return List.of();
    }

    /** The components of the sandbox and their states: the service, CI, the AWS emulator. */
    default List<ComponentView> parts() {
        return List.of();
    }

    /** Adds a listener that any thread calls when a topic may have changed. It must not block. */
    void onChange(Consumer<Topic> listener);
}
