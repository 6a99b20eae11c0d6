package dev.bastion.app.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.PersonLimits;
import dev.bastion.access.rules.Reminder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFilesTest {
    private static final String PEOPLE = """
        people:
          - {id: U1, name: john.doe, github: johndoe}
          - {id: U2, name: jane.roe, github: JaneRoe}
          - {id: U3, name: max}
        groups:
          platform: [U2]
        """;

    @Test
    void anEnvironmentOverridesTheDefaults() {
        AccessPolicy policy = read("""
            defaults:
              default_duration: 1h
              approvers: [group:platform]
            environments:
              dev:
              prod/orders:
                approvals: 1
                may_request: [U1]
                warn_before_end: 0
            """, PEOPLE);
        EnvironmentRules orders = policy.rulesOf(new EnvironmentName("prod/orders"));
        assertThat(orders.defaultDuration()).hasToString("1h");
        assertThat(orders.approvals()).isEqualTo(1);
        assertThat(orders.warningBeforeEnd()).isEqualTo(Duration.ZERO);
        assertThat(orders.mayRequest().includes(new Person("U1", "x"))).isTrue();
        assertThat(orders.mayRequest().includes(new Person("U2", "x"))).isFalse();
        assertThat(orders.approvers().includes(new Person("U2", "x"))).isTrue();
        EnvironmentRules dev = policy.rulesOf(new EnvironmentName("dev"));
        assertThat(dev).isEqualTo(policy.environments().defaults());
        assertThat(dev.mayRequest().includes(new Person("U9", "x"))).isTrue();
        assertThat(dev.longestTotal()).isEqualTo(PolicyFiles.BUILT_IN.longestTotal());
    }

    @Test
    void audiencesOfOtherSystemsStandWhereAnAudienceMay() {
        AccessPolicy policy = read("""
            environments:
              prod:
                may_request: [U1, "github-team:acme/dev"]
                approvals: 1
                approvers: [oncall:PABC123, group:platform]
                break_glass: {allowed: [slack-group:S0123ABC]}
                remind:
                  - {after: 15m, ask: oncall:PDEF456}
            """, PEOPLE.replace("github: JaneRoe", "github: JaneRoe, pagerduty: PJANE1"));
        EnvironmentRules prod = policy.rulesOf(new EnvironmentName("prod"));
        assertThat(prod.mayRequest().audiences()).containsExactly(ExternalAudience.parse("github-team:acme/dev"));
        assertThat(prod.mayRequest().ids()).containsExactly("U1");
        assertThat(prod.approvers().audiences()).containsExactly(ExternalAudience.parse("oncall:PABC123"));
        assertThat(prod.proposals().breakGlass().allowed().audiences())
                .containsExactly(ExternalAudience.parse("slack-group:S0123ABC"));
        assertThat(prod.proposals().reminders().getFirst().ask().orElseThrow().audiences())
                .containsExactly(ExternalAudience.parse("oncall:PDEF456"));
        assertThat(policy.people().byPagerdutyId()).containsEntry("PJANE1", new Person("U2", "jane.roe"));
        assertThat(policy.environments().externalAudiences()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "may_request: [github-org:acme]      | prod.may_request: \"github-org:acme\" has no known word before its colon; there are everyone, group:<name>, machine:<name>, github-team:acme/dba, slack-group:S0123ABC, oncall:PABC123",
                "may_request: [github-team:dba]      | prod.may_request: \"github-team:dba\" is no GitHub audience; write the organization and the team's slug, in small letters, like github-team:acme/dba",
                "approvers: [oncall:pabc123]         | prod.approvers: \"oncall:pabc123\" is no PagerDuty audience; write the schedule's id, in capital letters, like oncall:PABC123",
                "break_glass: {allowed: [slack-group:dba]} | break_glass.allowed: \"slack-group:dba\" is no Slack audience",
                "approvers: [Oncall:PABC123]         | prod.approvers: \"Oncall:PABC123\" has no known word before its colon",
                "approvers: [oncall: PABC123]        | prod.approvers[0]: must be a plain value"
            })
    void anAudienceOfAnotherFormSaysWhatToWrite(String line, String problem) {
        assertThatThrownBy(() -> read("environments: {prod: {approvals: 1, " + line.strip() + "}}", PEOPLE))
                .isInstanceOfSatisfying(
                        PolicyProblems.class,
                        e -> assertThat(e.problems())
                                .anySatisfy(one -> assertThat(one).contains(problem.strip())));
    }

    /** CI judges owners from the repository alone. */
    @Test
    void anOwnerIsNeverOneByAnotherSystem() {
        PolicyDocuments documents = new PolicyDocuments(
                Optional.of("environments: {dev: {}}".getBytes(UTF_8)),
                Optional.of(PEOPLE.getBytes(UTF_8)),
                Optional.of("owners: [group:platform, oncall:PABC123]".getBytes(UTF_8)));
        assertThatThrownBy(() -> new PolicyFiles().read(documents))
                .isInstanceOfSatisfying(
                        PolicyProblems.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "ledger.yaml:1: owners: names oncall:PABC123, which only PagerDuty can answer: CI must"
                                                + " judge owners offline, so name people or groups of people.yaml"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{id: U4, name: kim, pagerduty: PJANE1}           | people[4].pagerduty: PJANE1 occurs twice; two people cannot share a user",
                "{id: U4, name: kim, pagerduty: kim}              | people[4].pagerduty: is \"kim\"",
                "{id: \"machine:deploy\", name: deploy, pagerduty: PDEPLOY} | people[4].pagerduty: is set, but a machine is never on call; remove it"
            })
    void aPagerdutyUserIsOnePersons(String entry, String problem) {
        String people = "people:\n  - {id: U0, name: zero, pagerduty: PJANE1}\n"
                + PEOPLE.replace("people:\n", "").replace("groups:", "  - " + entry.strip() + "\ngroups:");
        assertThatThrownBy(() -> read("environments: {dev: {}}", people))
                .isInstanceOfSatisfying(
                        PolicyProblems.class,
                        e -> assertThat(e.problems())
                                .anySatisfy(one -> assertThat(one).contains(problem.strip())));
    }

    @Test
    void aGroupHasNoMembersOfOtherSystems() {
        assertThatThrownBy(() -> read("environments: {dev: {}}", PEOPLE.replace("[U2]", "[U2, oncall:PABC123]")))
                .isInstanceOfSatisfying(
                        PolicyProblems.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "people.yaml: groups.platform: oncall:PABC123 cannot be in a group, whose members"
                                                + " stand in this file; name it in access-policy.yaml beside the group"));
    }

    /** Files of a megabyte, the most that the service reads. */
    @Timeout(60)
    @ParameterizedTest
    @MethodSource("large")
    void aLargeFileIsReadOrRefusedInFewWords(String policy, String people) {
        try {
            read(policy, people);
        } catch (PolicyProblems e) {
            assertThat(e.problems()).hasSizeLessThan(110);
            assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(60_000);
        }
    }

    static Stream<Arguments> large() {
        String people = "people:\n" + lines(20_000, "  - {id: U%1$d, name: n%1$d, github: g%1$d}\n");
        String group = "people: []\ngroups:\n  all: [" + lines(100_000, "U%d, ") + "]\n";
        return Stream.of(
                arguments("defaults: " + "[".repeat(1_000_000), PEOPLE),
                arguments("defaults: " + "{a: ".repeat(250_000), PEOPLE),
                arguments("- ".repeat(500_000), PEOPLE),
                arguments("defaults: {may_request: [" + "&a b, *a, ".repeat(100_000) + "]}", PEOPLE),
                arguments(aliasBomb(), PEOPLE),
                arguments("defaults: {}", aliasBomb()),
                arguments("defaults: \"" + "x".repeat(1_000_000), PEOPLE),
                arguments("x".repeat(1_000_000) + ": 1", PEOPLE),
                arguments(lines(100_000, "k%d: 1\n"), PEOPLE),
                arguments("environments:\n" + lines(60_000, " e%d: {x: 1}\n"), PEOPLE),
                arguments("defaults: {may_request: [" + "group:x, ".repeat(110_000) + "]}", group),
                arguments("environments:\n" + lines(25_000, " e%d: {may_request: ['group:all']}\n"), group),
                arguments("environments:\n" + lines(25_000, " e%d: {approvals: 2, approvers: [everyone]}\n"), people),
                arguments("environments:\n" + lines(25_000, " e%d: {approvals: 9, approvers: [U1]}\n"), PEOPLE));
    }

    private static String lines(int count, String line) {
        return IntStream.range(0, count).mapToObj(line::formatted).collect(Collectors.joining());
    }

    private static String aliasBomb() {
        return "a0: &a0 x\n"
                + IntStream.range(1, 40)
                        .mapToObj(level ->
                                "a%d: &a%d [%s]\n".formatted(level, level, ("*a" + (level - 1) + ", ").repeat(9)))
                        .collect(Collectors.joining());
    }

    @Test
    void allProblemsOfBothFilesAreReportedAtOnce() {
        assertThatThrownBy(() -> read("""
            defaults: {default_duration: 9h, aprovals: 1}
            environments:
              Prod: {}
              prod: {approvals: 2, approvers: [U2], may_request: [group:nobody, '<@U1>'], longest_total: 1h}
            """, """
            people:
              - {id: U1, name: john.doe, github: same}
              - {id: U1, name: 'a b', github: Same}
              - {name: x}
            groups: {platform: [U7]}
            """))
                .isInstanceOfSatisfying(
                        PolicyProblems.class,
                        wrong -> assertThat(wrong.problems())
                                .contains(
                                        "access-policy.yaml: defaults.default_duration: is 9h, longer than"
                                                + " longest_duration, 8h",
                                        "access-policy.yaml: environments.prod.longest_total: is 1h, shorter than"
                                                + " longest_duration, 8h")
                                .anyMatch(line ->
                                        line.contains("defaults.aprovals: is not a known key; the known keys are"
                                                + " approval_covers, approval_window,"))
                                .anyMatch(line -> line.contains("environments.prod: stands in another case, too"))
                                .anyMatch(line -> line.contains(
                                        "prod.approvers: only 0 of them have a GitHub login in people.yaml [],"
                                                + " fewer than the 2 approvals"))
                                .anyMatch(line -> line.contains("prod.may_request: group nobody is not in people.yaml"))
                                .anyMatch(line -> line.contains("prod.may_request: \"<@U1>\" is not everyone"))
                                .anyMatch(line -> line.contains("people.yaml: people[1].id: U1 occurs twice"))
                                .anyMatch(line -> line.contains("people.yaml: people[1].name: is \"a b\""))
                                .anyMatch(line -> line.contains("people.yaml: people[1].github: Same occurs twice"))
                                .anyMatch(line -> line.contains("people.yaml: people[2].id: is missing"))
                                .anyMatch(line -> line.contains("people.yaml: groups.platform: U7 is not in people")));
    }

    @ParameterizedTest
    @CsvSource({"7d, P7D", "30d, P30D", "0, PT0S", "31d, ''", "0d, ''", "8h, ''", "-1d, ''", "99999999999d, ''"})
    void aRequestForLaterStartsThirtyDaysAheadAtMost(String latest, String read) {
        String policy = "environments:\n  dev: {latest_start: " + latest + "}\n";
        if (read.isEmpty()) {
            assertThatThrownBy(() -> read(policy, PEOPLE)).isInstanceOf(PolicyProblems.class);
        } else {
            assertThat(read(policy, PEOPLE)
                            .rulesOf(new EnvironmentName("dev"))
                            .proposals()
                            .latestStart())
                    .isEqualTo(Duration.parse(read));
        }
    }

    @Test
    void approvalRulesAreInheritedAndOverridden() {
        AccessPolicy policy = read("""
            defaults:
              approvers: [group:platform]
              approval_window: 30m
              break_glass: {allowed: [U1]}
            environments:
              dev:
              prod:
                approvals: 1
                approval_covers: 6h
                plan_required: false
                break_glass: {longest_duration: 20m}
              vault: {approvals: 1, approval_covers: 0s, break_glass: {allowed: []}}
            """, PEOPLE);
        ApprovalRules prod = policy.rulesOf(new EnvironmentName("prod")).proposals();
        assertThat(prod)
                .isEqualTo(new ApprovalRules(
                        GrantDuration.parse("30m"),
                        Duration.ofHours(6),
                        false,
                        new BreakGlassRules(Audience.of(Set.of("U1")), GrantDuration.parse("20m"))));
        ApprovalRules vault = policy.rulesOf(new EnvironmentName("vault")).proposals();
        assertThat(vault.breakGlass().allowed()).isEqualTo(Audience.NOBODY);
        assertThat(vault.breakGlass().longest()).hasToString("1h");
        assertThat(vault.covers()).isEqualTo(Duration.ZERO);
        assertThat(vault.planRequired()).isTrue();
        assertThat(policy.rulesOf(new EnvironmentName("dev")).approvals()).isZero();
    }

    @Test
    void approvalsInSlackAndRemindersAreReadAndInherited() {
        AccessPolicy policy = read("""
            defaults:
              approvers: [group:platform]
              approve_in: [github, slack]
              remind: [{after: 15m}, {after: 45m, ask: group:platform}, {after: 50m, ask: [U1, U3]}]
            environments:
              prod: {approvals: 1, approvers: [U3]}
              vault: {approvals: 1, approve_in: [github], remind: []}
            """, PEOPLE);
        ApprovalRules prod = policy.rulesOf(new EnvironmentName("prod")).proposals();
        assertThat(prod.inSlack()).isTrue();
        assertThat(prod.reminders())
                .extracting(Reminder::after)
                .containsExactly(Duration.ofMinutes(15), Duration.ofMinutes(45), Duration.ofMinutes(50));
        assertThat(prod.reminders().getFirst().ask()).isEmpty();
        assertThat(prod.reminders().getLast().ask()).contains(Audience.of(Set.of("U1", "U3")));
        ApprovalRules vault = policy.rulesOf(new EnvironmentName("vault")).proposals();
        assertThat(vault.inSlack()).isFalse();
        assertThat(vault.reminders()).isEmpty();
        ApprovalRules usual =
                read("unnamed: defaults", PEOPLE).environments().defaults().proposals();
        assertThat(usual.inSlack())
                .as("a Slack account opens nothing by default")
                .isFalse();
        assertThat(usual.reminders()).isEqualTo(Reminder.USUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"U12345678", "W012A3CDE", "U2", "U0123456789ABCDEFGHIJKLMNOPQRSTU"})
    void anIdIsWhatSlackGives(String id) {
        assertThat(SlackId.of(id)).isPresent();
    }

    /** A name, a mention, another object's id, another letter that looks the same, and nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "john.doe",
                "@john",
                "<@U12345678>",
                "u12345678",
                "C0123ABC",
                "U",
                "U1234 5678",
                "U12345678\n",
                "\u0405U1",
                "UIABC\u0130",
                "U0123456789ABCDEFGHIJKLMNOPQRSTUV",
                ""
            })
    void whatIsNoSlackIdIsAnErrorThatShowsOne(String id) {
        assertThat(SlackId.of(id)).isEmpty();
        assertThatThrownBy(() -> new SlackId(id)).hasMessageContaining("in quotes, like \"U12345678\"");
    }

    @Test
    void limitsAndWhatIsDoneAboutUnapprovedGrantsAreRead() {
        AccessPolicy policy = read("""
            defaults:
              approvers: [group:platform]
              unapproved: end
              limits: {at_once: 3, ask_again_after: 0}
            environments:
              dev: {unapproved: alarm}
              prod: {approvals: 1, break_glass: {allowed: [U1], uses: 2, per: 7d}}
            """, PEOPLE);
        assertThat(policy.limits()).isEqualTo(new PersonLimits(3, PersonLimits.USUAL.requestsPerHour(), Duration.ZERO));
        ApprovalRules prod = policy.rulesOf(new EnvironmentName("prod")).proposals();
        assertThat(prod.unapproved()).isEqualTo(ApprovalRules.Unapproved.END);
        assertThat(prod.breakGlass().uses()).isEqualTo(2);
        assertThat(prod.breakGlass().per()).hasToString("7d");
        assertThat(policy.rulesOf(new EnvironmentName("dev")).proposals().unapproved())
                .isEqualTo(ApprovalRules.Unapproved.ALARM);
        assertThat(read("unnamed: defaults", PEOPLE).limits()).isEqualTo(PersonLimits.USUAL);
    }

    @Test
    void anEnvironmentIsNobodysUnlessAKeyNamesItOrThePolicySaysWhatItGets() {
        EnvironmentName orders = new EnvironmentName("prod/orders");
        assertThat(read("environments: {prod: {}}", PEOPLE).environments().isNamed(orders))
                .isFalse();
        assertThat(read("environments: {prod: {}, prod/other: {}}", PEOPLE)
                        .environments()
                        .isNamed(orders))
                .isFalse();
        assertThat(read("environments: {prod/*: {}, '*': {}}", PEOPLE)
                        .environments()
                        .keyOf(orders))
                .contains("prod/*");
        assertThat(read("unnamed: defaults", PEOPLE).environments().isNamed(orders))
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        unnamed: everyone                              | unnamed: is "everyone"; it must be defaults, or missing, for example defaults
        unnamed: Defaults                              | unnamed: is "Defaults"; it must be defaults
        unnamed: true                                  | unnamed: is "true"; it must be defaults
        unnamed: [defaults]                            | unnamed: must be a plain value
        unamed: defaults                               | unamed: is not a known key; the known keys are defaults, environments, record_refusals, unnamed
        record_refusals: maybe                         | record_refusals: is "maybe"; it must be true or false
        environments: {prod/**: {}}                    | environments.prod/**: "prod/**" is not a valid pattern of environments
        environments: {'*-a': {}, team-x: {}, '*-*': {}} | environments.*-*: can match the same environment as "*-a" and is as specific
        environments: {'team-*/d*': {}, 'team-*/*': {}} | environments.team-*/*: can match the same environment as "team-*/d*"
        """)
    void whatIsUnnamedOrAmbiguousIsAProblem(String policy, String problem) {
        assertThatThrownBy(() -> read(policy, PEOPLE))
                .isInstanceOf(PolicyProblems.class)
                .hasMessageStartingWith("access-policy.yaml: " + problem)
                .message()
                .satisfies(message -> assertThat(message.lines()).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "# nothing", "{}", "---", "null", "defaults: {}", "environments:", "environments: {}"})
    void aPolicyThatNamesNoEnvironmentIsAProblem(String policy) {
        assertThatThrownBy(() -> read(policy, PEOPLE))
                .isInstanceOf(PolicyProblems.class)
                .hasMessageContaining("names no environment, so nobody may request access");
    }

    @Test
    void thePolicyIncludesThePeople() {
        PeopleDirectory people = read("unnamed: defaults", PEOPLE).people();
        assertThat(people.ofLogin("janeroe")).hasValue(new Person("U2", "jane.roe"));
        assertThat(people.loginOf(new Person("U3", "max"))).isEmpty();
        assertThat(people.membersOf(Audience.of(Set.of("U3", "U9")))).containsExactly(new Person("U3", "max"));
    }

    /** Rules under which no request could ever be approved. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {approvals: 1}                                     | prod.approvers: only 0 of them
        {approvals: 1, approvers: [U3]}                    | prod.approvers: only 0 of them
        {approvals: 2, approvers: [U2, U3]}                | prod.approvers: only 1 of them have a GitHub login in people.yaml [jane.roe], fewer than the 2
        {approvals: 3, approvers: [everyone]}              | prod.approvers: only 2 of them
        {approvals: 1, approvers: [U2], approval_window: 5h} | prod.approval_window: is 5h; with longest_duration, 8h, it exceeds longest_total, 12h
        {approvals: 1, approvers: [U2], approval_covers: 13h} | prod.approval_covers: is 13h, longer than longest_total, 12h
        {approvals: 1, approvers: [U2], approval_window: soon} | prod.approval_window: is "soon"; it must be a duration
        {approvals: 1, approvers: [U2], approval_covers: -1} | prod.approval_covers: is "-1"; it must be a duration of at most seven days, or 0 for none
        {approvals: 1, approvers: [U2], plan_required: maybe} | prod.plan_required: is "maybe"; it must be true or false
        {approvals: 1, approvers: [U2], break_glass: {allowed: [group:ops]}} | prod.break_glass.allowed: group ops is not in people.yaml
        {approvals: 1, approvers: [U2], break_glass: {alowed: [U1]}} | prod.break_glass.alowed: is not a known key; the known keys are allowed, longest_duration, per, uses
        {approvals: 1, approvers: [U2], break_glass: [U1]} | prod.break_glass: must be a mapping
        {approvals: 1, approvers: [U2], break_glass: {longest_duration: 9h}} | prod.break_glass.longest_duration: is 9h, longer than longest_duration, 8h
        {approvals: 1, approvers: [U2], break_glass: {uses: 0}} | prod.break_glass.uses: is "0"; it must be a whole number from 1 to 100
        {approvals: 3, approvers: [U2, U3], approve_in: [github, slack]} | prod.approvers: only 2 of them are in people.yaml [jane.roe, max], fewer than the 3
        {approvals: 1, approvers: [U2], approve_in: [slack]} | prod.approve_in: is [slack]; it must be [github] or [github, slack]
        {approvals: 1, approvers: [U2], approve_in: [github, teams]} | prod.approve_in: is [github, teams]; it must be
        {approvals: 1, approvers: [U2], approve_in: []} | prod.approve_in: is []; it must be
        {approvals: 1, approvers: [U2], approve_in: slack} | prod.approve_in: is [slack]; it must be [github] or [github, slack]
        {approvals: 1, approvers: [U2], remind: [{ask: U2}]} | prod.remind[0].after: is missing
        {approvals: 1, approvers: [U2], remind: [{after: 15m, ask: everyone}]} | prod.remind[0].ask: must name people or groups
        {approvals: 1, approvers: [U2], remind: [{after: 15m, ask: group:ops}]} | prod.remind[0].ask: group ops is not in people.yaml
        {approvals: 1, approvers: [U2], remind: [{after: 15m}, {after: 15m}]} | prod.remind[1].after: is not later than
        {approvals: 1, approvers: [U2], remind: [{after: 15m, to: U2}]} | prod.remind[0].to: is not a known key
        {approvals: 1, approvers: [U2], unapproved: kill}  | prod.unapproved: is "kill"; it must be alarm or end
        {approvals: 1, approvers: [U2], limits: {at_once: 1}} | prod.limits: is not a known key
        {break_glass: {allowed: [U1]}}                     | prod.break_glass: has no effect, because approvals is 0
        """)
    void anImpossibleApprovalIsAProblem(String prod, String problem) {
        assertThatThrownBy(() -> read("environments: {prod: " + prod + "}\n", PEOPLE))
                .isInstanceOf(PolicyProblems.class)
                .hasMessageStartingWith("access-policy.yaml: environments." + problem)
                .message()
                .satisfies(message -> assertThat(message.lines()).hasSize(1));
    }

    @Test
    void theShippedPolicyIsValid() throws IOException {
        AccessPolicy policy = new PolicyFiles()
                .read(new PolicyDocuments(
                        Optional.of(Files.readAllBytes(Path.of("../environments/access-policy.yaml"))),
                        Optional.of(Files.readAllBytes(Path.of("../environments/people.yaml"))),
                        Optional.empty()));
        EnvironmentRules prod = policy.rulesOf(new EnvironmentName("prod"));
        assertThat(prod.approvals()).isEqualTo(1);
        assertThat(prod.proposals().breakGlass().allowed().ids()).isNotEmpty();
        assertThat(policy.limits()).as("the comments are the manual").isEqualTo(PersonLimits.USUAL);
        assertThat(prod.proposals().breakGlass().uses()).isEqualTo(BreakGlassRules.NOBODY.uses());
        assertThat(prod.proposals().breakGlass().per()).isEqualTo(BreakGlassRules.NOBODY.per());
    }

    @Test
    void invalidYamlAndAMissingFileAreProblems() {
        assertThatThrownBy(() -> read("defaults: {", PEOPLE))
                .hasMessageContaining("access-policy.yaml: the file: line");
        assertThatThrownBy(() -> read("- a\n- b\n", PEOPLE)).hasMessageContaining("must be a mapping");
        assertThatThrownBy(() -> read("environments: [dev]\n", PEOPLE))
                .hasMessageContaining("environments: must be a mapping");
        assertThatThrownBy(() -> new PolicyFiles()
                        .read(new PolicyDocuments(Optional.empty(), Optional.empty(), Optional.empty())))
                .hasMessageContaining("access-policy.yaml: the file: is missing");
    }

    private static AccessPolicy read(String policy, String people) {
        return new PolicyFiles()
                .read(new PolicyDocuments(
                        Optional.of(policy.getBytes(UTF_8)), Optional.of(people.getBytes(UTF_8)), Optional.empty()));
    }
}
