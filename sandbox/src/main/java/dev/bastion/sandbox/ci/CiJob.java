package dev.bastion.sandbox.ci;

/** The job of a run: an apply or a plan. */
sealed interface CiJob {
    EnvironmentDirectory environment();

    /** What is checked out. */
    String commit();

    /** For people. */
    String title();

    /** Work of one queue is done one after the other. */
    String queue();

    /** Makes true what a branch says, as the workflow {@code apply} does. */
    record Apply(EnvironmentDirectory environment, String commit, String branch) implements CiJob {
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
    record Plan(EnvironmentDirectory environment, String commit, int pullRequest, String base, String branch)
            implements CiJob {
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
