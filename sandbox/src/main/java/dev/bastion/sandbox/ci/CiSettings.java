package dev.bastion.sandbox.ci;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What CI works with.
 *
 * @param repository full name, {@code owner/name}
 * @param remote what a run clones: an address or path that git understands
 * @param launcher the command that applies, to which {@code apply DIRECTORY --result FILE} is added
 * @param folder where each run keeps its output, in a folder named by its number
 * @param server where the forge is reached, without a slash at the end
 * @param token the forge's token, which a run posts its status with
 * @param environment what every run's process finds set beside the variables of the Actions runner
 * @param parallel how many environments are applied at a time, 1 or more
 */
public record CiSettings(
        String repository,
        String remote,
        List<String> launcher,
        Path folder,
        URI server,
        String token,
        Map<String, String> environment,
        int parallel) {
    public CiSettings {
        launcher = List.copyOf(launcher);
        environment = Map.copyOf(environment);
        if (parallel < 1) {
            throw new IllegalArgumentException("at least one environment must be applied at a time, not " + parallel);
        }
    }

    /** What the Actions runner sets. */
    Map<String, String> runner(long run, String commit, String branch) {
        return Map.ofEntries(
                Map.entry("CI", "true"),
                Map.entry("GITHUB_ACTIONS", "true"),
                Map.entry("GITHUB_API_URL", server + "/api/v3"),
                Map.entry("GITHUB_SERVER_URL", server.toString()),
                Map.entry("GITHUB_REPOSITORY", repository),
                Map.entry("GITHUB_TOKEN", token),
                Map.entry("GITHUB_SHA", commit),
                Map.entry("GITHUB_REF", "refs/heads/" + branch),
                Map.entry("GITHUB_REF_NAME", branch),
                Map.entry("GITHUB_EVENT_NAME", "push"),
                Map.entry("GITHUB_RUN_ID", String.valueOf(run)),
                Map.entry("GITHUB_RUN_ATTEMPT", "1"));
    }
}
