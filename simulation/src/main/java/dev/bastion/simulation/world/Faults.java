package dev.bastion.simulation.world;

/** The faults of GitHub's REST interface as its client meets them. Those of git and Slack are the sandbox's. */
public final class Faults {
    /** What happens to a call. */
    public enum Fate {
        WORKS,
        /** It fails, and nothing is done. */
        FAILS,
        /** It is done, and the answer is lost. */
        ANSWER_LOST
    }

    private boolean isDown;
    private int failing;
    private int losing;

    /** Whether every call fails. */
    public void down(boolean now) {
        isDown = now;
    }

    public boolean isDown() {
        return isDown;
    }

    /** The next calls fail. */
    public void failNext(int calls) {
        failing = calls;
    }

    /** The answers of the next calls get lost. */
    public void loseAnswers(int calls) {
        losing = calls;
    }

    /** The fate of the call that is made now. */
    public Fate next() {
        if (isDown) {
            return Fate.FAILS;
        }
        if (failing > 0) {
            failing--;
            return Fate.FAILS;
        }
        if (losing > 0) {
            losing--;
            return Fate.ANSWER_LOST;
        }
        return Fate.WORKS;
    }

    /** Ends all of them. */
    public void clear() {
        isDown = false;
        failing = 0;
        losing = 0;
    }
}
