package dev.bastion.ledger;

import dev.bastion.access.AccessPolicy;
import dev.bastion.access.AccessRequest;
import dev.bastion.access.AnnouncementRef;
import dev.bastion.access.Audience;
import dev.bastion.access.BreakGlass;
import dev.bastion.access.End;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.EnvironmentRules;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantDuration;
import dev.bastion.access.KnownPeople;
import dev.bastion.access.LedgerChange;
import dev.bastion.access.Person;
import dev.bastion.access.PolicyReader;
import dev.bastion.access.ProposalRules;
import dev.bastion.access.ProposedChange;
import dev.bastion.access.Reason;
import dev.bastion.access.RequestId;
import dev.bastion.ledger.git.Credentials;
import dev.bastion.ledger.git.Signature;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** People, moments, files and changes to test with. */
final class Samples {
    static final Person JOHN = new Person("U12345678", "john.doe");
    static final Person JANE = new Person("U87654321", "jane.roe");
    static final Person SAM = new Person("U55555555", "sam.low");
    static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
    static final Instant TWO = Instant.parse("2026-01-15T14:00:00Z");
    static final EnvironmentName DEV = new EnvironmentName("dev");
    static final EnvironmentName PROD = new EnvironmentName("prod/orders");
    static final AnnouncementRef SHOWN = new AnnouncementRef("C0123ABC/1736937000.000100");

    private Samples() {}

    static String pathOf(EnvironmentName environment) {
        return "environments/" + environment.value() + "/bastion/terragrunt.hcl";
    }

    static String closedFile(String name) {
        return """
                include "root" {
                  path = find_in_parent_folders("root.hcl")
                }

                terraform {
                  source = "${get_repo_root()}/terraform-modules//bastion"
                }

                inputs = {
                  project_name          = "orders"
                  environment           = "%s"
                  instance_type         = "t4g.nano"

                  # Written by the service; empty while closed.
                  deploy_bastion        = 0
                  requested_by_user_id  = ""
                  requested_by_username = ""
                  created_at            = ""
                  expires_at            = ""
                }
                """.formatted(name);
    }

    static String openFile(String name, Person holder, Instant createdAt, Instant expiresAt) {
        return closedFile(name)
                .replace("deploy_bastion        = 0", "deploy_bastion        = 1")
                .replace("requested_by_user_id  = \"\"", "requested_by_user_id  = \"" + holder.id() + "\"")
                .replace("requested_by_username = \"\"", "requested_by_username = \"" + holder.name() + "\"")
                .replace("created_at            = \"\"", "created_at            = \"" + createdAt + "\"")
                .replace("expires_at            = \"\"", "expires_at            = \"" + expiresAt + "\"");
    }

    static Map<String, String> environments() {
        Map<String, String> files = new HashMap<>();
        files.put(pathOf(DEV), closedFile("dev"));
        files.put(pathOf(PROD), closedFile("prod-orders"));
        files.put("environments/root.hcl", "locals {}\n");
        files.put("environments/access-policy.yaml", "defaults: {}\n");
        files.put("README.md", "hello\n");
        return files;
    }

    static LedgerSettings settings(String url, Path directory) {
        return new LedgerSettings(
                url,
                "main",
                directory,
                "environments",
                new Credentials.None(),
                new Signature("bastion", "bastion@example.com"),
                Duration.ofSeconds(5));
    }

    static PolicyReader anyPolicy() {
        return (_, _) -> policy();
    }

    static AccessPolicy policy() {
        GrantDuration hours = GrantDuration.parse("8h");
        return new AccessPolicy(
                new EnvironmentRules(
                        Audience.EVERYONE,
                        GrantDuration.parse("2h"),
                        hours,
                        hours,
                        GrantDuration.parse("3h"),
                        Duration.ofMinutes(15),
                        false,
                        0,
                        Audience.NOBODY,
                        ProposalRules.USUAL),
                Map.of());
    }

    /** Production wants one other person to agree: Jane or Sam. */
    static AccessPolicy policyWithApprovals() {
        EnvironmentRules rules = policy().defaults();
        ProposalRules proposals = new ProposalRules(
                GrantDuration.parse("1h"),
                Duration.ofHours(4),
                false,
                new BreakGlass(Audience.EVERYONE, GrantDuration.parse("1h")));
        EnvironmentRules strict = new EnvironmentRules(
                rules.mayRequest(),
                rules.defaultDuration(),
                rules.longestDuration(),
                rules.longestTotal(),
                rules.extensionStep(),
                rules.warningBeforeEnd(),
                false,
                1,
                Audience.of(Set.of(JANE.id(), SAM.id())),
                proposals);
        KnownPeople people = new KnownPeople(
                Map.of("JohnDoe", JOHN, "janeroe", JANE, "samlow", SAM),
                Map.of(JOHN.id(), JOHN, JANE.id(), JANE, SAM.id(), SAM));
        return new AccessPolicy(rules, Map.of(PROD, strict), people);
    }

    static ProposedChange.Opening proposal(EnvironmentName environment, String seed, String reason) {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom(seed),
                JOHN,
                environment,
                Optional.of(GrantDuration.parse("3h")),
                Reason.of(reason),
                NOON);
        return new ProposedChange.Opening(request, GrantDuration.parse("3h"), NOON, NOON.plusSeconds(3600));
    }

    static LedgerChange.Open open(EnvironmentName environment, String seed) {
        return open(environment, seed, Reason.of("INC-12 slow query on orders"));
    }

    static LedgerChange.Open open(EnvironmentName environment, String seed, Reason reason) {
        AccessRequest request =
                new AccessRequest(RequestId.derivedFrom(seed), JOHN, environment, Optional.empty(), reason, NOON);
        return new LedgerChange.Open(request, NOON, TWO, Optional.of(SHOWN));
    }

    static LedgerChange.Extend extend(Grant grant, Duration by) {
        return new LedgerChange.Extend(grant, grant.expiresAt().plus(by), JANE, NOON.plusSeconds(60));
    }

    static LedgerChange.Close expire(Grant grant) {
        return new LedgerChange.Close(grant, new End.Expired(), grant.expiresAt());
    }

    static LedgerChange.Close revoke(Grant grant, Person by) {
        return new LedgerChange.Close(grant, new End.Revoked(by), NOON.plusSeconds(120));
    }
}
