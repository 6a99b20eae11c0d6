package dev.bastion.app.config;

import dev.bastion.access.AccessPolicy;
import dev.bastion.access.Audience;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.EnvironmentRules;
import dev.bastion.access.GrantDuration;
import dev.bastion.access.InvalidValue;
import dev.bastion.access.PolicyProblems;
import dev.bastion.access.PolicyReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads {@code environments/access-policy.yaml} and {@code environments/people.yaml}. Every key may stand in
 * {@code defaults} and under an environment; what an environment does not say, the defaults say, and what those do not
 * say is {@link #BUILT_IN}.
 */
public final class PolicyFiles implements PolicyReader {
    /** What holds where neither the environment nor the defaults say anything. */
    static final EnvironmentRules BUILT_IN = new EnvironmentRules(
            Audience.EVERYONE,
            GrantDuration.parse("2h"),
            GrantDuration.parse("8h"),
            GrantDuration.parse("12h"),
            GrantDuration.parse("3h"),
            Duration.ofMinutes(15),
            false,
            0,
            Audience.NOBODY);

    @Override
    public AccessPolicy read(Optional<byte[]> accessPolicyYaml, Optional<byte[]> peopleYaml) {
        Problems policyProblems = new Problems("access-policy.yaml");
        Problems peopleProblems = new Problems("people.yaml");
        Directory people = peopleYaml
                .map(content -> Directory.read(content, peopleProblems))
                .orElse(Directory.EMPTY);
        if (accessPolicyYaml.isEmpty()) {
            policyProblems.add("", "is missing; write one with at least 'defaults: {}'");
        }
        AccessPolicy policy = policy(accessPolicyYaml.orElse(new byte[0]), people, policyProblems);
        List<String> all = new ArrayList<>(policyProblems.found());
        all.addAll(peopleProblems.found());
        if (!all.isEmpty()) {
            throw new PolicyProblems(all);
        }
        return policy;
    }

    private static AccessPolicy policy(byte[] content, Directory people, Problems problems) {
        Section file = new Section("", Yaml.read(content, problems), problems, _ -> Optional.empty());
        EnvironmentRules defaults = rules(file.section("defaults"), BUILT_IN, people);
        Map<EnvironmentName, EnvironmentRules> environments = new TreeMap<>();
        Section named = file.section("environments");
        for (String name : named.keys()) {
            EnvironmentRules rules = rules(named.section(name), defaults, people);
            environmentName(name, named).ifPresent(environment -> environments.put(environment, rules));
        }
        file.finish();
        return new AccessPolicy(defaults, environments);
    }

    private static Optional<EnvironmentName> environmentName(String name, Section environments) {
        try {
            return Optional.of(new EnvironmentName(name));
        } catch (InvalidValue e) {
            environments.problem(name, e.explanation());
            return Optional.empty();
        }
    }

    private static EnvironmentRules rules(Section section, EnvironmentRules before, Directory people) {
        EnvironmentRules rules = new EnvironmentRules(
                audience(section, "may_request", before.mayRequest(), people),
                section.optional("default_duration", Kind.GRANT_DURATION, before.defaultDuration()),
                section.optional("longest_duration", Kind.GRANT_DURATION, before.longestDuration()),
                section.optional("longest_total", Kind.GRANT_DURATION, before.longestTotal()),
                section.optional("extension_step", Kind.GRANT_DURATION, before.extensionStep()),
                section.optional("warn_before_end", Kind.DURATION_OR_NONE, before.warningBeforeEnd()),
                section.optional("reason_required", Kind.FLAG, before.reasonRequired()),
                section.optional("approvals", Kind.number(0, 9), before.approvals()),
                audience(section, "approvers", before.approvers(), people));
        section.finish();
        requireSense(section, rules);
        return rules;
    }

    /** Rules that contradict one another. */
    private static void requireSense(Section section, EnvironmentRules rules) {
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
        if (rules.approvals() > 0
                && !rules.approvers().everyone()
                && rules.approvers().ids().size() < rules.approvals()) {
            section.problem(
                    "approvers",
                    "names " + rules.approvers().ids().size() + " people, fewer than the " + rules.approvals()
                            + " approvals asked for; nobody could ever be let in");
        }
    }

    private static Audience audience(Section section, String key, Audience before, Directory people) {
        return section.texts(key)
                .map(names -> people.audience(names, problem -> section.problem(key, problem)))
                .orElse(before);
    }
}
