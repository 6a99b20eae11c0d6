package dev.bastion.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.model.HclBlock;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.Span;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The public API, as its callers use it. */
class HclFileTest {
    private static final String ENVIRONMENT = """
            include "root" {
              path = find_in_parent_folders("root.hcl")
            }

            locals {
              region = "eu-central-1"
            }

            inputs = {
              project_name    = "orders"
              endpoint_ids    = ["sg-1", "sg-2"]
              source          = "${get_repo_root()}/modules"
              deploy_bastion  = 0  # 1 while open
              requested_by_id = "" # a Slack id
            }
            """;

    private final HclFile file = HclFile.parse("dev.hcl", ENVIRONMENT.getBytes(StandardCharsets.UTF_8));

    @Test
    void aValueIsFoundByItsPath() {
        int at = ENVIRONMENT.indexOf("0  # 1 while");
        assertThat(file.locate(HclPath.of("inputs.deploy_bastion")))
                .isEqualTo(new Location.Found(new Span(at, at + 1), NumberLiteral.of(0), 13));
        assertThat(file.literal(HclPath.of("locals.region"))).isEqualTo(new StringLiteral("eu-central-1"));
    }

    @Test
    void aReplacementKeepsTrailingCommentsAligned() {
        HclFile open = file.replace(Map.of(
                HclPath.of("inputs.deploy_bastion"),
                NumberLiteral.of(1),
                HclPath.of("inputs.requested_by_id"),
                new StringLiteral("U123")));
        assertThat(new String(open.bytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        ENVIRONMENT.replace("0  # 1 while", "1      # 1 while").replace("\"\" # a", "\"U123\" # a"));
    }

    @Test
    void inputsAreReadInOrderWithTheirExpressions() {
        Map<String, Value> inputs = file.items(HclPath.of("inputs"));
        assertThat(inputs.keySet())
                .containsExactly("project_name", "endpoint_ids", "source", "deploy_bastion", "requested_by_id");
        assertThat(inputs.get("source")).isEqualTo(new NotLiteral("\"${get_repo_root()}/modules\"", 12));
        assertThat(file.blocks()).extracting(HclBlock::type).containsExactly("include", "locals");
        assertThat(file.items(HclPath.of("include[\"root\"]")).get("path"))
                .isEqualTo(new NotLiteral("find_in_parent_folders(\"root.hcl\")", 2));
    }

    @Test
    void aLiteralReplacedByItselfKeepsItsSpelling() {
        byte[] bytes = "a = \"\\u0041\"\nb = - 1\n".getBytes(StandardCharsets.UTF_8);
        HclFile same = HclFile.parse("t", bytes)
                .replace(Map.of(HclPath.of("a"), new StringLiteral("A"), HclPath.of("b"), NumberLiteral.of(-1)));
        assertThat(same.bytes()).isEqualTo(bytes);
    }

    @Test
    void aFileIsImmutable() {
        byte[] bytes = "a = 1".getBytes(StandardCharsets.UTF_8);
        HclFile one = HclFile.parse("t", bytes);
        bytes[4] = '2';
        one.bytes()[4] = '3';
        assertThat(one.bytes()).isEqualTo("a = 1".getBytes(StandardCharsets.UTF_8));
    }
}
