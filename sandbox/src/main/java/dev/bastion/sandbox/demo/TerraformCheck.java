package dev.bastion.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.ci.Directories;
import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.NotObservedException;
import dev.bastion.sandbox.world.SandboxWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The checks of Terraform: an empty plan while a grant is open, and nothing that opens access in its state afterwards. */
final class TerraformCheck {
    /** What a closed environment has none of; roles, a group without rules, documents, log and alarm open nothing. */
    private static final List<String> OPENS = List.of(
            "aws_instance.",
            "aws_scheduler_schedule.",
            "aws_security_group_rule.",
            "aws_vpc_security_group_egress_rule.",
            "aws_vpc_security_group_ingress_rule.");

    private final SandboxWorld world;
    private final String launcher;

    TerraformCheck(SandboxWorld world, String launcher) {
        this.world = world;
        this.launcher = launcher;
    }

    /** Plans in a fresh clone, and requires that the plan changes nothing. */
    void nothingToDo(String environment) {
        Path folder = world.folder().resolve("second-plan");
        Path clone = folder.resolve("checkout");
        Path result = folder.resolve("result.json");
        try {
            new GitCommand(world.ledger().folder())
                    .run("clone", "-q", world.ledger().folder().toString(), clone.toString());
            // the tag Ledger comes from this address
            new GitCommand(clone.resolve(".git"))
                    .run("remote", "set-url", "origin", world.addresses().git().toString());
            int code = plan(environment, folder, clone, result);
            JsonNode counts = new ObjectMapper().readTree(result.toFile()).path("counts");
            int changes = 0;
            for (JsonNode count : counts) {
                changes += count.asInt();
            }
            Await.require(
                    code == 0 && !counts.isEmpty() && changes == 0,
                    "an empty second plan of " + environment + " (see " + folder.resolve("plan.log") + ")");
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot plan " + environment + ", see " + folder, failure);
        } finally {
            Directories.delete(clone);
        }
    }

    private int plan(String environment, Path folder, Path clone, Path result) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        launcher, "plan", "environments/" + environment + "/bastion", "--result", result.toString())
                .directory(clone.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("plan.log").toFile());
        builder.environment().putAll(world.terraformEnvironment());
        try {
            return builder.start().waitFor();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NotObservedException("the demo was interrupted");
        }
    }

    /** The addresses of the resources in the state, as the bucket holds it. */
    List<String> state(String environment) {
        return resources(environment).stream()
                .map(resource -> resource.path("type").asText() + "."
                        + resource.path("name").asText())
                .toList();
    }

    private List<JsonNode> resources(String environment) {
        try {
            List<JsonNode> found = new ArrayList<>();
            for (JsonNode resource :
                    new ObjectMapper().readTree(world.state(environment)).path("resources")) {
                if (resource.path("mode").asText().equals("managed")
                        && !resource.path("instances").isEmpty()) {
                    found.add(resource);
                }
            }
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the state of " + environment + " is not JSON", unreadable);
        }
    }

    /** The name of the log group in the state. */
    String logGroup(String environment) {
        return resources(environment).stream()
                .filter(resource -> resource.path("type").asText().equals("aws_cloudwatch_log_group"))
                .map(resource -> resource.at("/instances/0/attributes/name").asText())
                .findFirst()
                .orElseThrow(() -> new NotObservedException("a log group in the state of " + environment));
    }

    /** Requires that the state holds nothing that opens access; answers what stands. */
    List<String> nothingOpen(String environment) {
        List<String> standing = state(environment);
        List<String> open = standing.stream()
                .filter(address -> OPENS.stream().anyMatch(address::startsWith))
                .toList();
        Await.require(
                open.isEmpty(),
                "neither instance nor rule nor schedule in the state of " + environment + "; there are " + open);
        Await.require(
                standing.stream().anyMatch(address -> address.startsWith("aws_cloudwatch_log_group.")),
                "the log group in the state of " + environment + "; there are " + standing);
        return standing;
    }
}
