package dev.bastion.sandbox.ci;

import dev.bastion.sandbox.github.account.Permissions;

/** The job of a run: an apply or a plan. */
sealed interface CiJob {
    EnvironmentDirectory environment();

    /** The commit of the environment's file. */
    String commit();

    /** For people. */
    String title();

    /** The name of its queue; jobs of one queue run one after the other. */
    String queue();

    /** What its token may do: the {@code permissions} of the workflow's job. */
    Permissions permissions();

    /** An apply of an environment, as by the workflow {@code apply}. */
    record Apply(EnvironmentDirectory environment, String commit, String branch) implements CiJob {
        @Override
        public String title() {
            return "apply " + environment.name();
        }

        @Override
        public String queue() {
            return environment.name();
        }

        @Override
        public Permissions permissions() {
            return Permissions.parse("contents=read,statuses=write");
        }
    }

    /**
     * A plan of a pull request's environment, as by the workflow {@code plan}.
     *
     * @param commit the pull request's head
     * @param base the commit that is checked out: nothing but the environment files is the proposal's
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

        @Override
        public Permissions permissions() {
            return Permissions.parse("contents=read,pull_requests=write,statuses=write");
        }
    }
}
