package dev.bastion.cli.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.terraform.ChildEnvironment;
import dev.bastion.apply.terraform.Command;
import dev.bastion.apply.terraform.CommandRunner;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs {@code aws} and {@code gh}, which every runner of GitHub has. */
final class ChildPrograms {
    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final List<String> OF_GITHUB =
            List.of("GH_TOKEN", "GITHUB_TOKEN", "GH_HOST", "GH_REPO", "GH_ENTERPRISE_TOKEN", "GITHUB_REPOSITORY");

    private final CommandRunner runner;
    private final Map<String, String> caller;
    private final List<Path> searchPath;

    /** @param searchPath the directories of the programs */
    ChildPrograms(CommandRunner runner, Map<String, String> caller, List<Path> searchPath) {
        this.runner = runner;
        this.caller = Map.copyOf(caller);
        this.searchPath = List.copyOf(searchPath);
    }

    /** Looks for the programs on the {@code PATH}. */
    static ChildPrograms onThePath(CommandRunner runner, Map<String, String> caller) {
        List<Path> searchPath = Arrays.stream(caller.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> new File(directory).isAbsolute())
                .map(Path::of)
                .toList();
        return new ChildPrograms(runner, caller, searchPath);
    }

    /**
     * The ids of the instances that carry the module's tags for this environment and are not terminated.
     *
     * @param variables those of the program, with the credentials and the region of the environment
     */
    List<String> instances(EnvironmentName environment, Map<String, String> variables) {
        String answer = run(
                variables,
                "aws",
                "ec2",
                "describe-instances",
                "--output",
                "json",
                "--filters",
                "Name=tag:ManagedBy,Values=bastion",
                "Name=tag:Environment,Values=" + environment.resourceName(),
                "Name=instance-state-name,Values=pending,running,stopping,stopped");
        try {
            List<String> instances = new ArrayList<>();
            for (JsonNode reservation : new ObjectMapper().readTree(answer).path("Reservations")) {
                reservation
                        .path("Instances")
                        .forEach(instance ->
                                instances.add(instance.path("InstanceId").asText()));
            }
            return instances;
        } catch (JsonProcessingException e) {
            throw new StepFailed("aws ec2 describe-instances did not print JSON", e);
        }
    }

    /** Opens an issue of this repository, unless one with this title is open. */
    void openIssue(String title, String body) {
        Map<String, String> environment = forGithub();
        String open = run(
                environment,
                "gh",
                "issue",
                "list",
                "--state",
                "open",
                "--limit",
                "200",
                "--json",
                "title",
                "--jq",
                ".[].title");
        if (open.lines().noneMatch(title::equals)) {
            run(environment, "gh", "issue", "create", "--title", title, "--body", body);
        }
    }

    private Map<String, String> forGithub() {
        Map<String, String> environment = ChildEnvironment.of(caller);
        environment.keySet().removeIf(name -> Stream.of("AWS_", "TF_").anyMatch(name::startsWith));
        OF_GITHUB.forEach(
                name -> Optional.ofNullable(caller.get(name)).ifPresent(value -> environment.put(name, value)));
        return environment;
    }

    private Path program(String name) {
        return searchPath.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new InvalidConfiguration("the program " + name + " is not on the PATH. Install it"));
    }

    private String run(Map<String, String> environment, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.set(0, program(arguments[0]).toString());
        Command command = new Command(all, Path.of("."), environment);
        return new String(runner.output(command, Optional.empty(), MOST_BYTES), StandardCharsets.UTF_8);
    }
}
