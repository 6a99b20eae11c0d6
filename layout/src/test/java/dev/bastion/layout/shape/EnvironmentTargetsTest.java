package dev.bastion.layout.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.layout.DatabaseTargets;
import dev.bastion.layout.FakeTree;
import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvironmentTargetsTest {
    private static final Layout LAYOUT = new Layout(
            "live",
            List.of(
                    new PathPattern("live/{name}/bastion.auto.tfvars"),
                    new PathPattern("live/{name}/terragrunt.stack.hcl"),
                    new PathPattern("live/{name}/terragrunt.hcl")),
            List.of(),
            List.of());

    private static DatabaseTargets in(FakeTree tree, String file) {
        return EnvironmentTargets.in(tree, file, LAYOUT);
    }

    @Test
    void ofARootModuleTheArgumentsOfTheModuleCountToo() {
        FakeTree tree = new FakeTree()
                .file("live/a/main.tf", """
                    module "bastion" {
                      rds_endpoint          = "a.internal:5432"
                      rds_security_group_id = var.group
                    }
                    """)
                .file("live/a/bastion.auto.tfvars", "group = \"sg-01\"\n")
                .file("live/a/notes.txt", "rds_endpoint = 1")
                .file("live/b/main.tf", "module \"bastion\" {\n  rds_endpoint = data.x.y.z\n}\n")
                .file("live/b/bastion.auto.tfvars", "")
                .file("live/c/main.tf", "module \"bastion\" {")
                .file("live/c/bastion.auto.tfvars", "");
        assertThat(in(tree, "live/a/bastion.auto.tfvars").names()).containsExactlyInAnyOrder("a.internal", "sg-01");
        assertThat(in(tree, "live/a/bastion.auto.tfvars").comparable()).isTrue();
        assertThat(in(tree, "live/b/bastion.auto.tfvars").comparable()).isFalse();
        assertThat(in(tree, "live/c/bastion.auto.tfvars")).isEqualTo(DatabaseTargets.UNKNOWN);
    }

    @Test
    void ofOtherShapesTheFileAloneCounts() {
        FakeTree tree = new FakeTree()
                .file("live/a/terragrunt.hcl", "inputs = { rds_endpoint = \"a.internal\" }\n")
                .file("live/a/main.tf", "module \"bastion\" { rds_endpoint = \"b.internal\" }\n")
                .file(
                        "live/b/terragrunt.stack.hcl",
                        "unit \"bastion\" {\n  values = { rds_endpoint = \"c.internal\" }\n}\n");
        assertThat(in(tree, "live/a/terragrunt.hcl").names()).containsExactly("a.internal");
        assertThat(in(tree, "live/b/terragrunt.stack.hcl").names()).containsExactly("c.internal");
        assertThat(in(tree, "live/none/terragrunt.hcl")).isEqualTo(DatabaseTargets.UNKNOWN);
    }

    @Test
    void aLocalStandsForItsText() {
        FakeTree tree = new FakeTree()
                .file(
                        "live/a/main.tf",
                        "module \"bastion\" {\n  rds_endpoint = local.host\n}\nlocals { host = \"a.internal\" }\n")
                .file("live/a/bastion.auto.tfvars", "");
        assertThat(in(tree, "live/a/bastion.auto.tfvars")).isEqualTo(new DatabaseTargets(Set.of("a.internal"), true));
    }
}
