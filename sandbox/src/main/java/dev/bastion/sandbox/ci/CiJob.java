package dev.bastion.sandbox.ci;

import dev.bastion.sandbox.github.account.Permissions;
import java.util.List;
import java.util.stream.Collectors;

/** The job of a run: an apply or a plan. */
sealed interface CiJob {
    /** One or more. */
    List<EnvironmentDirectory> environments();

    /** The commit of the environment's file. */
    String commit();

    /** For people. */
    String title();

    /** The name of its queue; jobs of one queue run one after the other. */
    String queue();

    /** What its token may do: the {@code permissions} of the workflow's job. */
    Permissions permissions();

    /**
     * An apply of what a push changed, or of one environment of it.
     *
     * @param before the branch's head before the push
     * @param commit the branch's head after the push
     */
    record Apply(ApplyScope scope, List<EnvironmentDirectory> environments, String before, String commit, String branch)
            implements CiJob {
        public Apply {
            environments = List.copyOf(environments);
        }

        @Override
        public String title() {
            return "apply "
                    + environments.stream().map(EnvironmentDirectory::name).collect(Collectors.joining(", "));
        }

        @Override
        public String queue() {
            return switch (scope) {
                case PUSH -> "apply";
                case ENVIRONMENT -> "apply " + environments.getFirst().name();
            };
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
        public List<EnvironmentDirectory> environments() {
            return List.of(environment);
        }

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
