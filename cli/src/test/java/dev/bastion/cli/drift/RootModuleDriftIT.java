package dev.bastion.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bastion drift} on a root module, with real Terraform and real OpenTofu against the AWS emulator. */
@Timeout(900)
class RootModuleDriftIT {
    private static final String INSTANCE = "ec2.run_instances(ImageId='ami-12c6146b', MinCount=1, MaxCount=1,"
            + " TagSpecifications=[{'ResourceType': 'instance', 'Tags': [{'Key': 'ManagedBy', 'Value': 'bastion'},"
            + " {'Key': 'Environment', 'Value': '%s'}]}])";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"terraform", "tofu"})
    void whatDiffersIsToldAndWhatStandsWithoutAGrantIsAnIncident(String tool) throws IOException {
        try (DriftWorld world = new DriftWorld(folder, tool)) {
            world.commit(true);
            assertThat(world.bastion("apply", "roots/dev")).as(world.output()).isZero();
            world.aws(INSTANCE.formatted("prod"));
            assertThat(world.bastion("drift", "--patience", "0"))
                    .as(world.output())
                    .isZero();
            assertThat(world.output()).contains("dev is as its file says");

            world.aws("ec2.delete_security_group(GroupName='bastion-dev')");
            assertThat(world.bastion("drift", "dev", "--patience", "0")).isEqualTo(1);
            assertThat(world.output()).contains("DRIFT dev: an apply would change it: +1 security group");
            assertThat(world.issues()).isEmpty();

            world.commit(false);
            world.aws(INSTANCE.formatted("dev"));
            assertThat(world.bastion("drift", "--patience", "0", "--json")).isEqualTo(1);
            assertThat(world.output())
                    .contains("INCIDENT dev: i-", " is there, and the file grants nothing.", "{\"dev\":{\"incident\":");
            assertThat(world.issues()).contains("create", "Bastion without a grant: dev");
        }
    }
}
