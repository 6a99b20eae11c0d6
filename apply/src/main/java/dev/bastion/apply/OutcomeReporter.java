package dev.bastion.apply;

/**
 * The receiver of a run's start and result, like GitHub. It never influences the run: an exception is printed and the
 * run continues.
 */
public interface OutcomeReporter {
    /**
     * @param environment the environment's name
     * @param commit the commit that last touched its file; empty when git does not say
     */
    void started(String environment, java.util.Optional<String> commit);

    void succeeded(RunResult result);

    void failed(RunResult result);

    /** Reports nothing. */
    OutcomeReporter NONE = new OutcomeReporter() {
        @Override
        public void started(String environment, java.util.Optional<String> commit) {}

        @Override
        public void succeeded(RunResult result) {}

        @Override
        public void failed(RunResult result) {}
    };
}
