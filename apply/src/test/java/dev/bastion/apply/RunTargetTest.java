package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.account.AccountKey;
import dev.bastion.layout.account.AccountRoles;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Region;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTargetTest {
    private static final AwsAccount ONLY = new AwsAccount(
            AccountKey.DEFAULT,
            "222222222222",
            List.of(new Region("us-east-1"), new Region("eu-west-1")),
            new AccountRoles(Optional.empty(), Optional.of("apply"), Optional.of("plan"), Optional.empty()),
            Optional.empty());

    private static RunTarget target(boolean plansOnly, Layout layout, String file) {
        return RunTarget.of(plansOnly, "dev", file, layout);
    }

    @Test
    void aPathWithoutAnAccountIsInTheDefaultOneInItsFirstRegion() {
        Layout layout = new Layout(
                        "environments",
                        List.of(new PathPattern("environments/{name}/bastion/terragrunt.hcl")),
                        List.of(),
                        List.of())
                .withAccounts(new AwsAccounts(List.of(ONLY)));
        RunTarget target = target(false, layout, "environments/dev/bastion/terragrunt.hcl");
        assertThat(target.account()).contains(ONLY);
        assertThat(target.region()).contains(new Region("us-east-1"));
        assertThat(target.role()).contains("apply");
        assertThat(target(true, layout, "environments/dev/bastion/terragrunt.hcl")
                        .role())
                .contains("plan");
    }

    @Test
    void withoutAccountsThereIsNoRole() {
        Layout layout = Layout.standard("environments");
        assertThat(target(false, layout, "environments/dev/bastion/terragrunt.hcl"))
                .isEqualTo(new RunTarget(false, "dev", Optional.empty(), Optional.empty()));
        assertThat(target(false, layout, "elsewhere/terragrunt.hcl").role()).isEmpty();
    }
}
