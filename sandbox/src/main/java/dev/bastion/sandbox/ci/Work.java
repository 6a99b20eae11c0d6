package dev.bastion.sandbox.ci;

/** What a run does. */
sealed interface Work {
    Environment environment();

    /** What is checked out. */
    String commit();

    /** For people. */
    String title();

    /** Work of one queue is done one after the other. */
    String queue();

    /** Makes true what a branch says, as the workflow {@code apply} does. */
    record Apply(Environment environment, String commit, String branch) implements Work {
        @Override
        public String title() {
            return "apply " + environment.name();
        }

        @Override
        public String queue() {
            return environment.name();
        }
    }

    /**
     * Says what a pull request would do, as the workflow {@code plan} does.
     *
     * @param commit the pull request's head
     * @param base the commit whose modules are used: nothing but the environment files is the proposal's
     */
    record Plan(Environment environment, String commit, int pullRequest, String base, String branch) implements Work {
        @Override
        public String title() {
            return "plan " + environment.name() + " #" + pullRequest;
        }

        @Override
        public String queue() {
            return "#" + pullRequest + " " + environment.name();
        }
    }
}
