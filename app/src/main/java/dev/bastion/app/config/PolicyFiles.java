package dev.bastion.app.config;

import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyParser;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PersonLimits;
import dev.bastion.access.rules.ReasonRules;
import dev.bastion.access.rules.RulesByEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The parser of {@code access-policy.yaml}, {@code people.yaml} and the owners in {@code ledger.yaml}. Every key may be in
 * {@code defaults} and under an environment. An environment inherits missing values from the defaults, and those from
 * {@link #BUILT_IN}.
 */
public final class PolicyFiles implements PolicyParser {
    private static final long MAX_RULES_TIMES_PEOPLE = 2_000_000;

    private static final String APPROVE_IN = "approve_in";
    private static final List<String> ON_GITHUB = List.of("github");
    private static final List<String> ANYWHERE = List.of("github", "slack");

    /** The rules for values that neither the environment nor the defaults have. */
    static final EnvironmentRules BUILT_IN = new EnvironmentRules(
            Audience.EVERYONE,
            GrantDuration.parse("2h"),
            GrantDuration.parse("8h"),
            GrantDuration.parse("12h"),
            GrantDuration.parse("3h"),
            Duration.ofMinutes(15),
            ReasonRules.NONE,
            0,
            Audience.NOBODY,
            ApprovalRules.USUAL);

    /** What people may request of an environment that no key names; nothing without it. */
    private static final SettingType<Boolean> UNNAMED = new SettingType<>("defaults, or missing", "defaults", text -> {
        if (!text.equals("defaults")) {
            throw new InvalidValue("choice", text, "defaults");
        }
        return true;
    });

    private static final SettingType<ApprovalRules.Unapproved> UNAPPROVED =
            SettingType.oneOf(List.of(ApprovalRules.Unapproved.values()));

    private static final SettingType<Duration> LATEST_START =
            new SettingType<>("1d to 30d, or 0 for no requests for later", "30d", text -> {
                if (!text.matches("0|(?:[1-9]|[12]\\d|30)d")) {
                    throw new InvalidValue("days", text, "1d to 30d, or 0");
                }
                return Duration.ofDays(Long.parseLong(text.replace("d", "")));
            });

    @Override
    public AccessPolicy read(PolicyDocuments documents) {
        ProblemCollector policyProblems = new ProblemCollector("access-policy.yaml");
        ProblemCollector peopleProblems = new ProblemCollector("people.yaml");
        ProblemCollector ledgerProblems = LedgerFile.problems(documents.ledger().orElse(new byte[0]));
        PeopleFile people = documents
                .people()
                .map(content -> PeopleFile.read(content, peopleProblems))
                .orElse(PeopleFile.EMPTY);
        if (documents.accessPolicy().isEmpty()) {
            policyProblems.add("", "is missing; create it, and name an environment in it");
        }
        Audience owners = documents
                .ledger()
                .map(content -> owners(LedgerFile.section(content, ledgerProblems), people))
                .orElse(Audience.NOBODY);
        AccessPolicy policy = policy(documents.accessPolicy().orElse(new byte[0]), people, owners, policyProblems);
        List<String> all = new ArrayList<>(policyProblems.problems());
        all.addAll(peopleProblems.problems());
        all.addAll(ledgerProblems.problems());
        if (!all.isEmpty()) {
            throw new PolicyProblems(all);
        }
        return policy;
    }

    private static Audience owners(SettingsSection ledger, PeopleFile people) {
        Audience owners = people.approvers(LedgerFile.owners(ledger), problem -> ledger.problem("owners", problem));
        if (owners.everyone()) {
            ledger.problem("owners", "must name people or groups: everyone could approve their own policy");
        }
        owners.audiences()
                .forEach(
                        audience -> ledger.problem(
                                "owners",
                                "names " + audience + ", which only "
                                        + audience.scheme().system()
                                        + " can answer: CI must judge owners offline, so name people or groups of people.yaml"));
        return owners.withoutExternal();
    }

    private static AccessPolicy policy(byte[] content, PeopleFile people, Audience owners, ProblemCollector problems) {
        SettingsSection file = SettingsSection.of(content, problems);
        SettingsSection section = file.section("defaults");
        PersonLimits limits = limits(section.section("limits"));
        EnvironmentRules defaults = rules(section, BUILT_IN, people);
        boolean unnamedGetDefaults = file.optional("unnamed", UNNAMED, false);
        boolean recordsRefusals = file.optional("record_refusals", SettingType.FLAG, false);
        EnvironmentKeys<EnvironmentRules> keys = new EnvironmentKeys<>(file.section("environments"));
        requireReasonableSize(keys, people);
        for (String key : keys.all()) {
            if (problems.isFull()) {
                break;
            }
            SettingsSection named = keys.section(key);
            EnvironmentRules rules = rules(named, defaults, people);
            checkBreakGlass(named, rules);
            keys.put(key, rules);
        }
        file.finish();
        if (keys.all().isEmpty() && !unnamedGetDefaults && problems.problems().isEmpty()) {
            file.problem(
                    "environments",
                    "names no environment, so nobody may request access; name each, or write 'unnamed: defaults'");
        }
        return new AccessPolicy(
                new RulesByEnvironment(defaults, unnamedGetDefaults, keys.names(), keys.patterns()),
                limits,
                people.people(),
                owners,
                recordsRefusals);
    }

    /** Every environment may name every group, so the memory that a policy takes is bounded by their product. */
    private static void requireReasonableSize(EnvironmentKeys<?> environments, PeopleFile people) {
        long product = (long) environments.all().size() * people.size();
        if (product > MAX_RULES_TIMES_PEOPLE) {
            throw new PolicyProblems(List.of("access-policy.yaml: environments: are "
                    + environments.all().size() + ", too many beside the " + people.size()
                    + " people and group members of people.yaml"));
        }
    }

    private static PersonLimits limits(SettingsSection section) {
        PersonLimits usual = PersonLimits.USUAL;
        PersonLimits limits = new PersonLimits(
                section.optional("at_once", SettingType.number(1, 1000), usual.atOnce()),
                section.optional("requests_per_hour", SettingType.number(1, 10_000), usual.requestsPerHour()),
                section.optional("ask_again_after", SettingType.DURATION_OR_NONE, usual.askAgainAfter()));
        section.finish();
        return limits;
    }

    private static EnvironmentRules rules(SettingsSection section, EnvironmentRules defaults, PeopleFile people) {
        EnvironmentRules rules = new EnvironmentRules(
                audience(section, "may_request", defaults.mayRequest(), people),
                section.optional("default_duration", SettingType.GRANT_DURATION, defaults.defaultDuration()),
                section.optional("longest_duration", SettingType.GRANT_DURATION, defaults.longestDuration()),
                section.optional("longest_total", SettingType.GRANT_DURATION, defaults.longestTotal()),
                section.optional("extension_step", SettingType.GRANT_DURATION, defaults.extensionStep()),
                section.optional("warn_before_end", SettingType.DURATION_OR_NONE, defaults.warningBeforeEnd()),
                ReasonSettings.read(section, defaults.reasons()),
                section.optional("approvals", SettingType.number(0, 9), defaults.approvals()),
                section.names("approvers")
                        .map(names -> people.approvers(names, problem -> section.problem("approvers", problem)))
                        .orElse(defaults.approvers()),
                proposals(section, defaults.proposals(), people));
        section.finish();
        checkConsistency(section, rules);
        if (rules.approvals() > 0) {
            checkApproval(section, rules, people);
        }
        return rules;
    }

    private static ApprovalRules proposals(SettingsSection section, ApprovalRules defaults, PeopleFile people) {
        SettingsSection glass = section.section("break_glass");
        BreakGlassRules breakGlass = new BreakGlassRules(
                audience(glass, "allowed", defaults.breakGlass().allowed(), people),
                glass.optional(
                        "longest_duration",
                        SettingType.GRANT_DURATION,
                        defaults.breakGlass().longest()),
                glass.optional(
                        "uses",
                        SettingType.number(1, 100),
                        defaults.breakGlass().uses()),
                glass.optional(
                        "per", SettingType.GRANT_DURATION, defaults.breakGlass().per()));
        glass.finish();
        return new ApprovalRules(
                section.optional("approval_window", SettingType.GRANT_DURATION, defaults.window()),
                section.optional("approval_covers", SettingType.DURATION_OR_NONE, defaults.covers()),
                section.optional("plan_required", SettingType.FLAG, defaults.planRequired()),
                breakGlass,
                section.optional("unapproved", UNAPPROVED, defaults.unapproved()),
                section.optional("latest_start", LATEST_START, defaults.latestStart()),
                inSlack(section, defaults),
                ReminderList.read(section, people).orElse(defaults.reminders()));
    }

    /** Reviews on GitHub always count, so the list says whether approvals in Slack count beside them. */
    private static boolean inSlack(SettingsSection section, ApprovalRules defaults) {
        List<String> places = section.nameOrNames(APPROVE_IN).orElse(defaults.inSlack() ? ANYWHERE : ON_GITHUB);
        if (!places.equals(ANYWHERE) && !places.equals(ON_GITHUB)) {
            section.problem(APPROVE_IN, "is " + places + "; it must be [github] or [github, slack]");
        }
        return places.equals(ANYWHERE);
    }

    /** Finds rules that contradict one another. */
    private static void checkConsistency(SettingsSection section, EnvironmentRules rules) {
        if (rules.defaultDuration().compareTo(rules.longestDuration()) > 0) {
            section.problem(
                    "default_duration",
                    "is " + rules.defaultDuration() + ", longer than longest_duration, " + rules.longestDuration());
        }
        if (rules.longestDuration().compareTo(rules.longestTotal()) > 0) {
            section.problem(
                    "longest_total",
                    "is " + rules.longestTotal() + ", shorter than longest_duration, " + rules.longestDuration());
        }
        BreakGlassRules breakGlass = rules.proposals().breakGlass();
        if (section.has("break_glass") && breakGlass.longest().compareTo(rules.longestDuration()) > 0) {
            section.problem(
                    "break_glass.longest_duration",
                    "is " + breakGlass.longest() + ", longer than longest_duration, " + rules.longestDuration());
        }
    }

    /** Checks that enough people can approve, and that the latest end that approvers see is allowed. */
    private static void checkApproval(SettingsSection section, EnvironmentRules rules, PeopleFile people) {
        boolean inSlack = rules.proposals().inSlack();
        List<String> names = (inSlack ? people.in(rules.approvers()) : people.withLogin(rules.approvers()))
                .stream().map(Person::name).toList();
        if (names.size() < rules.approvals() && rules.approvers().audiences().isEmpty()) {
            section.problem(
                    "approvers",
                    "only " + names.size() + " of them " + (inSlack ? "are" : "have a GitHub login")
                            + " in people.yaml "
                            + names + ", fewer than the " + rules.approvals()
                            + " approvals required; no request could ever be approved");
        }
        Duration window = rules.proposals().window().length();
        Duration latest = window.plus(rules.longestDuration().length());
        boolean otherwiseFits = rules.longestDuration().compareTo(rules.longestTotal()) <= 0;
        if (otherwiseFits && latest.compareTo(rules.longestTotal().length()) > 0) {
            section.problem(
                    "approval_window",
                    "is " + rules.proposals().window() + "; with longest_duration, " + rules.longestDuration()
                            + ", it exceeds longest_total, " + rules.longestTotal()
                            + ", so a request approved late could not be granted");
        }
        Duration covers = rules.proposals().covers();
        if (covers.compareTo(rules.longestTotal().length()) > 0) {
            section.problem(
                    "approval_covers",
                    "is " + new GrantDuration(covers) + ", longer than longest_total, " + rules.longestTotal());
        }
    }

    private static void checkBreakGlass(SettingsSection section, EnvironmentRules rules) {
        if (section.has("break_glass") && rules.approvals() == 0) {
            section.problem("break_glass", "has no effect, because approvals is 0; remove it");
        }
    }

    private static Audience audience(SettingsSection section, String key, Audience defaults, PeopleFile people) {
        return section.names(key)
                .map(names -> people.audience(names, problem -> section.problem(key, problem)))
                .orElse(defaults);
    }
}
