package dev.bastion.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.Person;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.ledger.file.EnvironmentFile;
import dev.bastion.ledger.file.FileState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Reversion of randomly formatted files: opened, extended and closed, each has its first bytes again. A failure prints
 * the seed.
 */
class ReversionPropertyTest {
    private static final int FILES = 1_000;
    private static final List<String> VARIABLES =
            List.of("deploy_bastion", "requested_by_user_id", "requested_by_username", "created_at", "expires_at");

    @Test
    void closingRestoresEveryByte() {
        for (long seed = 0; seed < FILES; seed++) {
            Random random = new Random(seed);
            byte[] before = randomFile(random).getBytes(StandardCharsets.UTF_8);
            Instant start = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000));
            FileState.Open access =
                    new FileState.Open(person(random), start, start.plusSeconds(1 + random.nextInt(90_000)));
            EnvironmentFile file = file(before);
            assertThat(file.state()).as("seed %d", seed).isEqualTo(new FileState.Closed());
            byte[] opened = file.opened(access);
            byte[] extended = file(opened).extendedTo(access.expiresAt().plusSeconds(3600));
            assertThat(file(extended).revertedTo(file)).as("seed %d", seed).isEqualTo(before);
            assertThat(file(opened).revertedTo(file)).as("seed %d", seed).isEqualTo(before);
        }
    }

    private static EnvironmentFile file(byte[] bytes) {
        return new EnvironmentFile("environments/dev/bastion/terragrunt.hcl", bytes, AuditPaths.OF_A_UNIT);
    }

    private static Person person(Random random) {
        return new Person("U" + random.nextInt(1_000_000_000), "n".repeat(1 + random.nextInt(64)));
    }

    private static String randomFile(Random random) {
        List<String> lines = new ArrayList<>();
        List<String> variables = new ArrayList<>(VARIABLES);
        Collections.shuffle(variables, random);
        boolean aligned = random.nextBoolean();
        for (String variable : variables) {
            lines.add(indent(random) + key(variable, aligned, random) + value(variable, random) + comment(random));
            if (random.nextInt(3) == 0) {
                lines.add(unrelatedLine(random));
            }
        }
        String end = random.nextBoolean() ? "\n" : "\r\n";
        String text = String.join(end, lines);
        return (random.nextInt(8) == 0 ? "\ufeff" : "")
                + "locals {" + end + "  deploy_bastion = 1" + end + "}" + end
                + "inputs = {" + end + text + end + "}" + (random.nextBoolean() ? end : "");
    }

    private static String indent(Random random) {
        return List.of("  ", "\t", "", "      ").get(random.nextInt(4));
    }

    private static String key(String variable, boolean aligned, Random random) {
        String key = random.nextInt(6) == 0 ? "\"" + variable + "\"" : variable;
        return aligned
                ? String.format("%-23s = ", key)
                : key + List.of("=", " = ", "  =  ", ": ").get(random.nextInt(4));
    }

    private static String value(String variable, Random random) {
        return variable.equals("deploy_bastion")
                ? List.of("0", "0.0", "0e1").get(random.nextInt(3))
                : unusedValue(random);
    }

    private static String unusedValue(Random random) {
        return List.of("\"\"", "\"\"", "\"\"", "\"left over\"", "\"2020-01-01T00:00:00Z\"", "\"\\u00e9\"")
                .get(random.nextInt(6));
    }

    private static String comment(Random random) {
        return List.of("", "", " # why", "    // who", " /* until */", ",", ", # é")
                .get(random.nextInt(7));
    }

    private static String unrelatedLine(Random random) {
        return List.of(
                        "",
                        "  # expires_at = \"x\"",
                        "  name = \"ä — ${local.x}\"",
                        "  list = [1, 2]",
                        "  /* created_at */")
                .get(random.nextInt(5));
    }
}
