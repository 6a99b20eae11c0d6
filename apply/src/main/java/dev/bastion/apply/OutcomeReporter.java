package dev.bastion.apply;

/**
 * Tells the forge how a run goes. Telling never decides anything: a method that throws is noted in the progress and the
 * run goes on.
 */
public interface OutcomeReporter {
    /**
     * @param environment the environment's name
     * @param commit the commit that last touched its file; empty when git does not say
     */
    void started(String environment, java.util.Optional<String> commit);

    void succeeded(RunResult result);

    void failed(RunResult result);

    /** Tells nobody. */
    OutcomeReporter NOBODY = new OutcomeReporter() {
        @Override
        public void started(String environment, java.util.Optional<String> commit) {}

        @Override
        public void succeeded(RunResult result) {}

        @Override
        public void failed(RunResult result) {}
    };
}
