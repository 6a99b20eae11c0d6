package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.layout.Layout;
import dev.bastion.layout.NameTemplate;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import dev.bastion.ledger.file.FileParsers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Grants in environment files of every shape: opened, extended and restored byte for byte. */
class FileShapesTest {
    private static final EnvironmentName ORDERS = new EnvironmentName("orders");
    private static final String NAMED = """
        # Read by Terraform itself.
        project_name = "orders"
        open    = 0      # by the service
        requested_by_user_id="old"
        requested_by_username = ""
        created_at = "long ago"
        until = ""
        """;

    @TempDir
    private Path directory;

    private LedgerWorld world;

    record Shape(String pattern, Optional<String> values, Map<AuditVariable, String> names, String closed) {
        String path() {
            return pattern.replace("{name}", "orders");
        }

        /** In these tests {@code ledger.yaml} means this pattern, whatever it says. */
        Layout layout(Optional<byte[]> ledgerYaml, String environments) {
            return ledgerYaml.isEmpty()
                    ? Layout.standard(environments)
                    : new Layout(
                            environments,
                            List.of(new PathPattern(
                                    pattern,
                                    NameTemplate.PLAIN,
                                    AwsAccounts.NONE,
                                    AuditPaths.of(pattern, values, names))),
                            Layout.standard(environments).modules(),
                            List.of());
        }

        @Override
        public String toString() {
            return pattern + " " + names;
        }
    }

    static Stream<Shape> shapes() {
        String values = """
            deploy_bastion        = 0
            requested_by_user_id  = ""
            requested_by_username = ""
            created_at            = ""
            expires_at            = ""
            """;
        Map<AuditVariable, String> names = Map.of(AuditVariable.DEPLOY, "open", AuditVariable.EXPIRES_AT, "until");
        return Stream.of(
                new Shape("live/{name}/bastion.auto.tfvars", Optional.empty(), Map.of(), values),
                new Shape("live/{name}/terraform.tfvars", Optional.of(""), names, NAMED),
                new Shape(
                        "live/{name}/terragrunt.hcl",
                        Optional.of("inputs"),
                        names,
                        "inputs = {\n" + NAMED + "deploy_bastion = 7\n}\n"),
                new Shape(
                        "live/{name}/terragrunt.stack.hcl",
                        Optional.empty(),
                        Map.of(),
                        "unit \"bastion\" {\n  source = \"x\"\n  values = {\n" + values
                                + "  }\n}\nunit \"db\" {\n  values = {\n" + values + "  }\n}\n"),
                new Shape(
                        "live/{name}/terragrunt.stack.hcl",
                        Optional.of("unit[\"access\"].values"),
                        names,
                        "unit \"access\" {\n  values = {\n" + NAMED + "  }\n}\n"));
    }

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private GitGrantLedger service(Shape shape, String clone) {
        return GitGrantLedger.open(
                Samples.settings(world.remote.url(), world.clone(clone)),
                new FileParsers(_ -> Samples.policy(), shape::layout),
                world.alarms,
                Samples.CLOCK);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aGrantIsOpenedAndRestoredByteForByte(Shape shape) {
        world.remote.commit("Elsewhere", Map.of(Layout.FILE, "shape\n", shape.path(), shape.closed()));
        try (GitGrantLedger running = service(shape, "running")) {
            Grant grant = ((RecordResult.Recorded) running.record(open(ORDERS, "one"))).grant();
            assertThat(world.remote.file(shape.path()))
                    .containsPattern("(?:deploy_bastion|open) +=? *1")
                    .contains("\"" + grant.holder().id() + "\"", "\"" + grant.expiresAt() + "\"");
            try (GitGrantLedger restarted = service(shape, "restarted")) {
                assertThat(restarted.read().openGrants())
                        .extracting(Grant::expiresAt)
                        .containsExactly(grant.expiresAt());
                assertThat(restarted.record(Samples.expire(grant))).isInstanceOf(RecordResult.Recorded.class);
            }
            assertThat(world.remote.file(shape.path())).isEqualTo(shape.closed());
            assertThat(running.read().openGrants()).isEmpty();
        }
    }

    /** Terraform would take the last of two values; the service names both lines and writes nothing. */
    @Test
    void aFileThatCannotBeEditedIsNamedWithItsLine() {
        Shape shape = shapes().toList().getFirst();
        String twice = shape.closed() + "expires_at = \"\"\n";
        world.remote.commit("Elsewhere", Map.of(Layout.FILE, "shape\n", shape.path(), twice));
        try (GitGrantLedger running = service(shape, "running")) {
            assertThat(running.record(open(ORDERS, "one")).toString())
                    .contains(
                            shape.path() + ":5: `expires_at` occurs more than once, on lines 5, 6. Keep one of them.");
        }
        assertThat(world.remote.file(shape.path())).isEqualTo(twice);
    }

    @Test
    void whatIsOpenEndsAlsoWhenThePatternGivesItsVariablesOtherNames() {
        Shape before = new Shape("live/{name}/terraform.tfvars", Optional.of(""), Map.of(), """
            deploy_bastion        = 0
            requested_by_user_id  = ""
            requested_by_username = ""
            created_at            = ""
            expires_at            = ""
            """);
        Map<AuditVariable, String> names = Map.of(
                AuditVariable.DEPLOY, "a",
                AuditVariable.USER_ID, "b",
                AuditVariable.USERNAME, "c",
                AuditVariable.CREATED_AT, "d",
                AuditVariable.EXPIRES_AT, "e");
        Shape after = new Shape(before.pattern(), before.values(), names, before.closed());
        world.remote.commit("Elsewhere", Map.of(Layout.FILE, "before\n", before.path(), before.closed()));
        FileParsers both = new FileParsers(
                _ -> Samples.policy(),
                (text, environments) -> text.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                                .filter("after\n"::equals)
                                .isPresent()
                        ? after.layout(text, environments)
                        : before.layout(text, environments));
        try (GitGrantLedger running = GitGrantLedger.open(
                Samples.settings(world.remote.url(), world.clone("running")), both, world.alarms, Samples.CLOCK)) {
            Grant grant = ((RecordResult.Recorded) running.record(open(ORDERS, "one"))).grant();
            world.remote.commit("Renamed", Layout.FILE, "after\n");
            assertThat(running.read().openGrants()).extracting(Grant::request).containsExactly(grant.request());
            assertThat(running.record(Samples.expire(grant))).isInstanceOf(RecordResult.Recorded.class);
            assertThat(world.remote.file(before.path())).isEqualTo(before.closed());
        }
    }
}
