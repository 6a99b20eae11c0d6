package dev.bastion.simulation.world;

import dev.bastion.sandbox.github.GitHub;
import dev.bastion.sandbox.github.fault.GitHubFault;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.fault.SlackFault;

/**
 * The steps of the service's process: each call to a port, before and after, each push that arrived, each message that Slack
 * took. At a chosen one the process is killed: from then on nothing that it does has an effect.
 */
public final class Gate {
    private final GitHub github;
    private final SlackWorkspace slack;
    private long steps;
    private int left;
    private boolean isDead;
    private Runnable race = () -> {};

    Gate(GitHub github, SlackWorkspace slack) {
        this.github = github;
        this.slack = slack;
        github.onPush(_ -> passed());
        slack.onChange(this::passed);
    }

    /** Does something before the service's next write to the ledger: another writer is faster. */
    public synchronized void beforeNextWrite(Runnable work) {
        race = work;
    }

    /** The service is about to write to the ledger. */
    public void writing() {
        Runnable work;
        synchronized (this) {
            work = race;
            race = () -> {};
        }
        work.run();
    }

    /** Kills the process at its {@code steps}-th step from now. */
    public synchronized void killAfter(int steps) {
        left = steps;
    }

    /** @throws Killed when the process has been killed, or is now */
    public synchronized void step() {
        passed();
        if (isDead) {
            throw new Killed();
        }
    }

    private synchronized void passed() {
        steps++;
        if (left > 0 && --left == 0) {
            isDead = true;
            github.faults().turn(GitHubFault.DOWN, true);
            slack.faults().turn(SlackFault.DOWN, true);
        }
    }

    /** Whether the process has been killed and not buried. */
    public synchronized boolean isDead() {
        return isDead;
    }

    /** The steps so far. */
    public synchronized long steps() {
        return steps;
    }

    /** Forgets the killed process: the platforms answer the next one. */
    public synchronized void bury() {
        isDead = false;
        left = 0;
        github.faults().turn(GitHubFault.DOWN, false);
        slack.faults().turn(SlackFault.DOWN, false);
    }
}
