package dev.bastion.ledger;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyParser;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.ReasonRules;
import dev.bastion.access.rules.Reminder;
import dev.bastion.access.rules.RulesByEnvironment;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.object.ReadBudget;
import dev.bastion.ledger.git.object.Signature;
import dev.bastion.ledger.git.remote.Credentials;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.write.LedgerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sample people, times, files and changes. */
public final class Samples {
    public static final Person JOHN = new Person("U12345678", "john.doe");
    public static final Person JANE = new Person("U87654321", "jane.roe");
    public static final Person SAM = new Person("U55555555", "sam.low");
    public static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
    public static final Instant TWO = Instant.parse("2026-01-15T14:00:00Z");
    /** Later than every commit of a test that says the truth. */
    public static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2028-01-01T00:00:00Z"));

    public static final EnvironmentName DEV = new EnvironmentName("dev");
    public static final EnvironmentName PROD = new EnvironmentName("prod/orders");
    public static final AnnouncementRef SHOWN = new AnnouncementRef("C0123ABC/1736937000.000100");

    private Samples() {}

    public static String pathOf(EnvironmentName environment) {
        return "environments/" + environment.value() + "/bastion/terragrunt.hcl";
    }

    public static String closedFile(String name) {
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
            """.formatted(new EnvironmentName(name).resourceName());
    }

    public static String openFile(String name, Person holder, Instant createdAt, Instant expiresAt) {
        return closedFile(name)
                .replace("deploy_bastion        = 0", "deploy_bastion        = 1")
                .replace("requested_by_user_id  = \"\"", "requested_by_user_id  = \"" + holder.id() + "\"")
                .replace("requested_by_username = \"\"", "requested_by_username = \"" + holder.name() + "\"")
                .replace("created_at            = \"\"", "created_at            = \"" + createdAt + "\"")
                .replace("expires_at            = \"\"", "expires_at            = \"" + expiresAt + "\"");
    }

    public static Map<String, String> environments() {
        Map<String, String> files = new HashMap<>();
        files.put(pathOf(DEV), closedFile("dev"));
        files.put(pathOf(PROD), closedFile("prod-orders"));
        files.put("environments/root.hcl", "locals {}\n");
        files.put("environments/access-policy.yaml", "defaults: {}\n");
        files.put("README.md", "hello\n");
        return files;
    }

    public static LedgerSettings settings(String url, Path directory) {
        return settings(url, directory, ReadBudget.USUAL);
    }

    public static LedgerSettings settings(String url, Path directory, ReadBudget budget) {
        return new LedgerSettings(
                url,
                "main",
                directory,
                "environments",
                new Credentials.None(),
                new Signature("bastion", "bastion@example.com"),
                Duration.ofSeconds(5),
                budget,
                TrustedKeys.NONE);
    }

    public static FileParsers parsers(PolicyParser policy) {
        return new FileParsers(policy, (_, environments) -> Layout.standard(environments));
    }

    public static LedgerSettings with(LedgerSettings settings, TrustedKeys keys) {
        return new LedgerSettings(
                settings.remote(),
                settings.branch(),
                settings.directory(),
                settings.environments(),
                settings.credentials(),
                settings.committer(),
                settings.timeout(),
                settings.budget(),
                keys);
    }

    public static PolicyParser anyPolicy() {
        return _ -> policy();
    }

    public static AccessPolicy policy() {
        GrantDuration hours = GrantDuration.parse("8h");
        return new AccessPolicy(
                RulesByEnvironment.unnamed(new EnvironmentRules(
                        Audience.EVERYONE,
                        GrantDuration.parse("2h"),
                        hours,
                        hours,
                        GrantDuration.parse("3h"),
                        Duration.ofMinutes(15),
                        ReasonRules.NONE,
                        0,
                        Audience.NOBODY,
                        ApprovalRules.USUAL)),
                PeopleDirectory.NOBODY);
    }

    /** Production wants one other person to agree, on GitHub or in Slack: Jane or Sam. */
    public static AccessPolicy policyWithApprovals() {
        EnvironmentRules rules = policy().environments().defaults();
        ApprovalRules proposals = new ApprovalRules(
                GrantDuration.parse("1h"),
                Duration.ofHours(4),
                false,
                new BreakGlassRules(Audience.EVERYONE, GrantDuration.parse("1h")),
                ApprovalRules.Unapproved.ALARM,
                ApprovalRules.USUAL_LATEST_START,
                true,
                Reminder.USUAL);
        EnvironmentRules strict = new EnvironmentRules(
                rules.mayRequest(),
                rules.defaultDuration(),
                rules.longestDuration(),
                rules.longestTotal(),
                rules.extensionStep(),
                rules.warningBeforeEnd(),
                ReasonRules.NONE,
                1,
                Audience.of(Set.of(JANE.id(), SAM.id())),
                proposals);
        PeopleDirectory people = new PeopleDirectory(
                Map.of("JohnDoe", JOHN, "janeroe", JANE, "samlow", SAM),
                Map.of(JOHN.id(), JOHN, JANE.id(), JANE, SAM.id(), SAM));
        return new AccessPolicy(new RulesByEnvironment(rules, true, Map.of(PROD, strict), Map.of()), people);
    }

    /** The same, where approvals in Slack do not count. */
    public static AccessPolicy onGithubAlone() {
        AccessPolicy both = policyWithApprovals();
        EnvironmentRules rules = both.rulesOf(PROD);
        ApprovalRules approval = rules.proposals();
        EnvironmentRules onGithub = new EnvironmentRules(
                rules.mayRequest(),
                rules.defaultDuration(),
                rules.longestDuration(),
                rules.longestTotal(),
                rules.extensionStep(),
                rules.warningBeforeEnd(),
                rules.reasons(),
                rules.approvals(),
                rules.approvers(),
                new ApprovalRules(
                        approval.window(), approval.covers(), approval.planRequired(), approval.breakGlass()));
        return new AccessPolicy(
                new RulesByEnvironment(both.environments().defaults(), true, Map.of(PROD, onGithub), Map.of()),
                both.people());
    }

    public static ProposedChange.Opening proposal(EnvironmentName environment, String seed, String reason) {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom(seed),
                JOHN,
                environment,
                Optional.of(GrantDuration.parse("3h")),
                Reason.of(reason),
                NOON);
        return new ProposedChange.Opening(request, GrantDuration.parse("3h"), NOON, NOON.plusSeconds(3600));
    }

    public static LedgerChange.Open open(EnvironmentName environment, String seed) {
        return open(environment, seed, Reason.of("INC-12 slow query on orders"));
    }

    public static LedgerChange.Open open(EnvironmentName environment, String seed, Reason reason) {
        AccessRequest request =
                new AccessRequest(RequestId.derivedFrom(seed), JOHN, environment, Optional.empty(), reason, NOON);
        return new LedgerChange.Open(request, NOON, TWO, Optional.of(SHOWN));
    }

    public static LedgerChange.Open breakGlass(EnvironmentName environment, String seed) {
        AccessRequest plain = open(environment, seed).request();
        AccessRequest request = new AccessRequest(
                plain.id(), JOHN, environment, plain.duration(), plain.reason(), true, plain.askedAt());
        return new LedgerChange.Open(request, NOON, TWO, Optional.of(SHOWN));
    }

    public static LedgerChange.Extend extend(Grant grant, Duration by) {
        return new LedgerChange.Extend(grant, grant.expiresAt().plus(by), JANE, NOON.plusSeconds(60));
    }

    public static LedgerChange.Close expire(Grant grant) {
        return new LedgerChange.Close(grant, new End.Expired(), grant.expiresAt());
    }

    public static LedgerChange.Close end(Grant grant, Person by) {
        return new LedgerChange.Close(grant, new End.EndedBy(by), NOON.plusSeconds(120));
    }
}
