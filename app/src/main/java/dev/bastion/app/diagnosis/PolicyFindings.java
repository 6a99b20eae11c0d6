package dev.bastion.app.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.rules.Audience;
import dev.bastion.layout.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The findings about {@code ledger.yaml}, the policy and the people, each with its file and line. */
final class PolicyFindings {
    private static final String REMEDY = "correct it; ./bastion policy check lists the same problems in a working tree";
    private final LedgerContent content;
    private final Layout layout;
    private final Map<String, YamlLines> lines = new LinkedHashMap<>();

    PolicyFindings(LedgerContent content, Layout layout) {
        this.content = content;
        this.layout = layout;
        for (String path : List.of(Layout.FILE, layout.accessPolicy(), layout.people())) {
            byte[] file = content.files().get(path);
            if (file != null) {
                lines.put(path.substring(path.lastIndexOf('/') + 1), YamlLines.of(file));
            }
        }
    }

    List<Finding> all() {
        List<Finding> found =
                new ArrayList<>(ProblemText.findings(Area.LEDGER, content.problems(), this::place, REMEDY));
        content.policy().ifPresent(policy -> found.addAll(of(policy)));
        return found.isEmpty() ? List.of(Finding.ok(Area.LEDGER, "policy", summary())) : found;
    }

    private String summary() {
        return content.environments().size() + " environments and "
                + content.policy().map(policy -> policy.people().all().size()).orElse(0) + " people, no problems";
    }

    /** {@code people.yaml:7 people[1].id} of {@code people.yaml: people[1].id}. */
    private String place(String key) {
        int colon = key.indexOf(": ");
        String file = key.substring(0, colon);
        String path = key.substring(colon + 2);
        YamlLines known = lines.get(file);
        return file + (known == null ? "" : known.suffix(path)) + " " + path;
    }

    private List<Finding> of(AccessPolicy policy) {
        List<Finding> found = new ArrayList<>();
        if (policy.owners().ids().isEmpty()) {
            found.add(Finding.problem(
                    Area.LEDGER,
                    Layout.FILE + " owners",
                    "no owners are named, so nobody can approve a change of CI, the policy or root.hcl",
                    "name them in ledger.yaml at the repository's root, like owners: [group:platform]"));
        }
        content.environments().keySet().stream()
                .filter(environment -> !policy.environments().isNamed(environment))
                .map(PolicyFindings::unnamed)
                .forEach(found::add);
        found.addAll(withoutLogin(policy));
        return found;
    }

    private static Finding unnamed(EnvironmentName environment) {
        return Finding.problem(
                Area.LEDGER,
                "environment " + environment,
                "no key of access-policy.yaml names it, so nobody may request it",
                "add " + environment + " to environments in access-policy.yaml, or write unnamed: defaults");
    }

    private List<Finding> withoutLogin(AccessPolicy policy) {
        Map<Person, List<String>> silent = new LinkedHashMap<>();
        content.environments().keySet().stream()
                .filter(environment -> policy.rulesOf(environment).approvals() > 0)
                .filter(environment -> !policy.rulesOf(environment).proposals().inSlack())
                .forEach(environment -> approversWithoutLogin(
                                policy, policy.rulesOf(environment).approvers())
                        .forEach(person -> silent.computeIfAbsent(person, _ -> new ArrayList<>())
                                .add(environment.value())));
        return silent.entrySet().stream()
                .map(entry -> Finding.warning(
                        Area.LEDGER,
                        "approver " + entry.getKey().name(),
                        "has no GitHub login, so an approval of theirs never counts for "
                                + entry.getValue().stream().collect(Collectors.joining(", ")),
                        "add github: to their entry in " + layout.people()))
                .toList();
    }

    private static List<Person> approversWithoutLogin(AccessPolicy policy, Audience approvers) {
        return policy.people().membersOf(approvers).stream()
                .filter(person -> policy.people().loginOf(person).isEmpty())
                .toList();
    }
}
