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
            return "apply " + names(environments);
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
     * A plan of what a pull request changes, as by the workflow {@code plan}. The default branch is checked out: nothing but the
     * environment files is the proposal's.
     *
     * @param commit the pull request's head
     */
    record Plan(List<EnvironmentDirectory> environments, String commit, int pullRequest, String branch)
            implements CiJob {
        public Plan {
            environments = List.copyOf(environments);
        }

        @Override
        public String title() {
            return "plan " + names(environments) + " #" + pullRequest;
        }

        @Override
        public String queue() {
            return "plan #" + pullRequest;
        }

        @Override
        public Permissions permissions() {
            return Permissions.parse("contents=read,pull_requests=write,statuses=write");
        }
    }

    private static String names(List<EnvironmentDirectory> environments) {
        return environments.stream().map(EnvironmentDirectory::name).collect(Collectors.joining(", "));
    }
}
