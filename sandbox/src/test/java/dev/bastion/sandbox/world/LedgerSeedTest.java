package dev.bastion.sandbox.world;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.sandbox.emulator.Prerequisites;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LedgerSeedTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Prerequisites MADE = new Prerequisites(
            "vpc-made", "subnet-made", "sg-database", List.of("sg-one", "sg-two"), "arn:aws:kms:made");

    private final Map<String, byte[]> files = LedgerSeed.of(CHECKOUT, MADE).files();

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void everyEnvironmentPointsAtWhatWasMadeAndElseStaysAsItWas(String environment) throws Exception {
        String path = "environments/" + environment + "/bastion/terragrunt.hcl";
        String seeded = text(path);
        assertThat(values(seeded))
                .containsEntry("vpc_id", "\"vpc-made\"")
                .containsEntry("subnet_id", "\"subnet-made\"")
                .containsEntry("rds_security_group_id", "\"sg-database\"")
                .containsEntry("vpc_endpoint_security_group_ids", "[\"sg-one\", \"sg-two\"]")
                .containsEntry("kms_key_arn", "\"arn:aws:kms:made\"")
                .containsEntry("deploy_bastion", "0");

        List<String> original = Files.readAllLines(CHECKOUT.resolve(path));
        List<String> lines = seeded.lines().toList();
        assertThat(lines).hasSameSizeAs(original);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(key(lines.get(i))).isEqualTo(key(original.get(i)));
        }
    }

    @Test
    void thePolicyIsOneThatCanBeSatThroughAndThePeopleAreThoseOfTheCheckout() throws Exception {
        assertThat(text("environments/access-policy.yaml")).contains("default_duration: 90s");
        assertThat(text("environments/people.yaml"))
                .isEqualTo(Files.readString(CHECKOUT.resolve("environments/people.yaml")));
    }

    @Test
    void theModulesComeAlongAndWhatTerraformLeftBehindDoesNot() {
        assertThat(files).containsKeys("terraform-modules/bastion/main.tf", "environments/root.hcl", "ledger.yaml");
        assertThat(files.keySet()).noneMatch(path -> path.contains(".terraform/") || path.contains(".tfstate"));
    }

    @Test
    void aRehearsalIsTheSameWhateverTheCheckoutSays() {
        assertThat(LedgerSeed.rehearsal().files())
                .containsOnlyKeys(
                        "environments/access-policy.yaml",
                        "environments/people.yaml",
                        "environments/dev/bastion/terragrunt.hcl",
                        "environments/prod/bastion/terragrunt.hcl");
    }

    @Test
    void literalsOfTheRootAreRead() {
        assertThat(LedgerSeed.rootLiteral(CHECKOUT, "region")).matches("[a-z]{2}-[a-z]+-\\d");
        assertThatThrownBy(() -> LedgerSeed.rootLiteral(CHECKOUT, "nothing_of_the_kind"))
                .hasMessageContaining("nothing_of_the_kind");
    }

    private String text(String path) {
        return new String(files.get(path), UTF_8);
    }

    private static Map<String, String> values(String file) {
        return file.lines()
                .filter(line -> line.contains(" = "))
                .collect(Collectors.toMap(
                        LedgerSeedTest::key,
                        line -> line.substring(line.indexOf('=') + 1).strip(),
                        (one, other) -> one));
    }

    private static String key(String line) {
        return line.contains("=") ? line.substring(0, line.indexOf('=')).strip() : line;
    }
}
