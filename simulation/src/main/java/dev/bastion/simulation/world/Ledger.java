package dev.bastion.simulation.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ledger's repository as it is at the start: environments, policy and people. */
public final class Ledger {
    /** The environments: one that is open to all, one for two people, one that needs an approval. */
    public static final List<String> ENVIRONMENTS = List.of("dev", "staging", "prod", "prod/orders");

    /** The environments whose requests need the approval of another person. */
    public static final List<String> APPROVED = List.of("prod", "prod/orders");

    public static final String POLICY_FILE = "environments/access-policy.yaml";

    public static final String POLICY = """
        defaults:
          default_duration: 30m
          longest_duration: 2h
          longest_total: 4h
          warn_before_end: 5m
          approvers: [group:platform]
          approve_in: [github, slack]
          limits: {at_once: 10, requests_per_hour: 100, ask_again_after: 0}
        environments:
          dev: {}
          staging: {may_request: [group:developers]}
          prod:
            approvals: 1
            break_glass: {allowed: [everyone], longest_duration: 30m, uses: 3, per: 1h}
          prod/orders: {approvals: 1}
        """;

    private static final String PEOPLE = """
        people:
          - {id: U12345678, name: john.doe, github: johndoe}
          - {id: U23456789, name: jane.roe, github: janeroe}
          - {id: U34567890, name: max.mustermann, github: maxm}
        groups: {platform: [U23456789, U34567890], developers: [U12345678, U23456789]}
        """;

    private Ledger() {}

    /** The path of an environment's file. */
    public static String path(String environment) {
        return "environments/" + environment + "/bastion/terragrunt.hcl";
    }

    /** The file of an environment that is closed. */
    public static String environmentFile(String environment) {
        return """
            # %s: owned by team orders
            include "root" {
              path = find_in_parent_folders("root.hcl")
            }

            inputs = {
              environment           = "%s"
              mock_outputs          = { deploy_bastion = 9 } # not this one
            \r
              deploy_bastion        = 0  # written by the service
              requested_by_user_id  = "" # who
              requested_by_username = ""
              created_at            = ""
              expires_at            = ""
            }
            """.formatted(environment, environment.replace('/', '-'));
    }

    static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(POLICY_FILE, POLICY);
        files.put("environments/people.yaml", PEOPLE);
        files.put("environments/root.hcl", "locals {}\n");
        ENVIRONMENTS.forEach(each -> files.put(path(each), environmentFile(each)));
        return files;
    }
}
