package dev.bastion.sandbox.ci;

import dev.bastion.sandbox.github.account.JobTokens;
import dev.bastion.sandbox.github.git.BareRepository;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings of the CI.
 *
 * @param repository full name, {@code owner/name}
 * @param remote what a run clones: an address or path that git understands. {@code origin} is the address at the server
 * @param launcher the command that plans and applies, to which {@code apply --changed …}, {@code apply DIRECTORY …} or
 *     {@code plan --changed …} is added
 * @param folder where each run keeps its output, in a folder named by its number
 * @param server where GitHub is reached, without a slash at the end
 * @param tokens issues the token of each run
 * @param environment what every run's process finds set beside the variables of the Actions runner
 * @param parallel how many runs there are at a time, 1 or more
 * @param scope what one run of an apply is for
 */
public record CiSettings(
        String repository,
        String remote,
        List<String> launcher,
        Path folder,
        URI server,
        JobTokens tokens,
        Map<String, String> environment,
        int parallel,
        ApplyScope scope) {
    public CiSettings {
        launcher = List.copyOf(launcher);
        environment = Map.copyOf(environment);
        if (parallel < 1) {
            throw new IllegalArgumentException("parallel must be at least 1, not " + parallel);
        }
    }

    /**
     * What the Actions runner sets, and what the workflow does.
     *
     * @param token the run's own
     */
    Map<String, String> runner(long run, CiJob work, String token) {
        Map<String, String> all = new HashMap<>(Map.of(
                "CI",
                "true",
                "GITHUB_ACTIONS",
                "true",
                "GITHUB_API_URL",
                server + "/api/v3",
                "GITHUB_SERVER_URL",
                server.toString(),
                "GITHUB_REPOSITORY",
                repository,
                "GITHUB_TOKEN",
                token,
                "GITHUB_SHA",
                work.commit(),
                "GITHUB_RUN_ID",
                String.valueOf(run),
                "GITHUB_RUN_ATTEMPT",
                "1"));
        all.putAll(event(work));
        return all;
    }

    private Map<String, String> event(CiJob work) {
        return switch (work) {
            case CiJob.Apply apply ->
                Map.of(
                        "GITHUB_EVENT_NAME",
                        "push",
                        "GITHUB_REF",
                        "refs/heads/" + apply.branch(),
                        "GITHUB_REF_NAME",
                        apply.branch());
            case CiJob.Plan plan ->
                Map.of(
                        "GITHUB_EVENT_NAME",
                        "pull_request_target",
                        "GITHUB_REF",
                        "refs/heads/" + BareRepository.DEFAULT_BRANCH,
                        "GITHUB_REF_NAME",
                        BareRepository.DEFAULT_BRANCH,
                        "GITHUB_HEAD_REF",
                        plan.branch(),
                        "BASTION_DRIVER",
                        environment.getOrDefault("BASTION_PLAN_DRIVER", "cdktf"));
        };
    }
}
