package dev.bastion.benchmarks.terraform;

import dev.bastion.sandbox.emulator.Prerequisites;
import dev.bastion.sandbox.emulator.Terraform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A stack with one bastion, which is opened and closed. */
public final class BastionStack {
    private static final String CLOSED = "  deploy_bastion = 0\n";

    private final Terraform terraform;
    private final Path folder;
    private final Path module;
    private final Prerequisites network;
    private final String settings;

    /**
     * Makes the stack, closed.
     *
     * @param folder an empty one, whose name is the environment's
     * @param module the directory of the module {@code bastion}
     * @param settings lines of the module's block, like {@code standing = false}; each ends with a line break
     */
    public BastionStack(Terraform terraform, Path folder, Path module, Prerequisites network, String settings)
            throws IOException, InterruptedException {
        this.terraform = terraform;
        this.folder = Files.createDirectories(folder);
        this.module = module;
        this.network = network;
        this.settings = settings;
        write(CLOSED);
        run(Map.of(), "init", "-input=false");
        apply();
    }

    /** Opens the bastion for two hours. */
    public CountedApply open(Instant now) throws IOException, InterruptedException {
        Instant start = now.truncatedTo(ChronoUnit.SECONDS);
        write("""
              deploy_bastion        = 1
              requested_by_user_id  = "U12345678"
              requested_by_username = "john.doe"
              created_at            = "%s"
              expires_at            = "%s"
              request_id            = "01JHR7Z9C0V6T1"
              commit_sha            = "0123456789abcdef0123456789abcdef01234567"
            """.formatted(start, start.plus(Duration.ofHours(2))));
        return apply();
    }

    public CountedApply close() throws IOException, InterruptedException {
        write(CLOSED);
        return apply();
    }

    private void write(String grant) throws IOException {
        String groups = network.endpointSecurityGroups().stream()
                .map(group -> "\"" + group + "\"")
                .collect(Collectors.joining(", "));
        Files.writeString(folder.resolve("main.tf"), """
            provider "aws" {
              skip_credentials_validation = true
              skip_metadata_api_check     = true
              max_retries                 = 2
            }

            module "bastion" {
              source = "%s"

              project_name                    = "bench"
              environment                     = "%s"
              vpc_id                          = "%s"
              subnet_id                       = "%s"
              rds_security_group_id           = "%s"
              rds_endpoint                    = "database.bench.internal"
              vpc_endpoint_security_group_ids = [%s]
              kms_key_arn                     = "%s"
            %s%s}
            """.formatted(
                        module,
                        folder.getFileName(),
                        network.vpc(),
                        network.subnet(),
                        network.databaseSecurityGroup(),
                        groups,
                        network.kmsKey(),
                        settings,
                        grant));
    }

    private CountedApply apply() throws IOException, InterruptedException {
        Path state = folder.resolve("terraform.tfstate");
        ResourceGraph before = ResourceGraph.of(state);
        Path planning = folder.resolve("plan.log");
        Path applying = folder.resolve("apply.log");
        Files.deleteIfExists(planning);
        Files.deleteIfExists(applying);
        Duration took = run(logTo(planning), "plan", "-input=false", "-out=plan")
                .plus(run(logTo(applying), "apply", "-input=false", "plan"));
        ResourceGraph after = ResourceGraph.of(state);
        AwsCalls plan = AwsCalls.in(planning);
        AwsCalls apply = AwsCalls.in(applying);
        ResourceGraph created = after.without(before);
        ResourceGraph destroyed = before.without(after);
        Map<String, Integer> ofChanges = apply.ofChangesByType();
        return new CountedApply(
                created.count() + destroyed.count(),
                plan.count() + apply.count(),
                plan.count(),
                Math.max(created.longestChain(ofChanges), destroyed.longestChain(ofChanges)),
                plan.iamWrites() + apply.iamWrites(),
                took);
    }

    private static Map<String, String> logTo(Path file) {
        return Map.of("TF_LOG", "JSON", "TF_LOG_PATH", file.toString());
    }

    private Duration run(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(terraform.executable()));
        command.addAll(List.of(arguments));
        command.add("-no-color");
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(terraform.environment());
        builder.environment().putAll(variables);
        long started = System.nanoTime();
        int code = builder.start().waitFor();
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + Files.readString(output));
        }
        return took;
    }
}
