package dev.bastion.sandbox.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AwsEmulatorIT {
    @TempDir
    Path folder;

    @Test
    void prerequisitesAreAppliedByRealTerraformAndABucketKeepsState() {
        AwsEmulatorSettings settings = new AwsEmulatorSettings(
                System.getenv().getOrDefault("BASTION_MOTO", "python3"),
                folder,
                "eu-west-1",
                Duration.ofSeconds(1),
                false,
                false);
        try (AwsEmulator emulator = AwsEmulator.start(settings)) {
            emulator.home().createBucket("a-bucket");
            assertThat(emulator.home().object("a-bucket", "nothing")).isEmpty();
            assertThat(emulator.home().instances()).isEmpty();
            assertThat(emulator.home().hasLogGroup("/bastion/dev")).isFalse();

            Terraform terraform = Terraform.configured(
                    folder,
                    Optional.ofNullable(System.getenv("BASTION_PROVIDER_MIRROR"))
                            .map(Path::of),
                    emulator.environment());
            Path module = Path.of("../terraform-modules/prerequisites")
                    .toAbsolutePath()
                    .normalize();
            Prerequisites made = Prerequisites.apply(terraform, module, "eu-west-1", folder.resolve("prerequisites"));

            assertThat(made.vpc()).startsWith("vpc-");
            assertThat(made.subnet()).startsWith("subnet-");
            assertThat(made.databaseSecurityGroup()).startsWith("sg-");
            assertThat(made.endpointSecurityGroups()).isNotEmpty().allMatch(group -> group.startsWith("sg-"));
            assertThat(made.kmsKey()).startsWith("arn:aws:kms:eu-west-1:");
        }
    }
}
