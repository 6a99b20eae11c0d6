package dev.bastion.cli.policy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.rules.EnvironmentRules;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A policy query and its answer, rendered as table, line or JSON. */
record PolicySimulation(PolicyQuery query, PolicyAnswer answer, AccessPolicy policy) {
    private static final JsonMapper JSON = new JsonMapper();

    static PolicySimulation of(PolicyQuery query, AccessPolicy policy) {
        return new PolicySimulation(query, query.evaluate(policy), policy);
    }

    String why() {
        return query.explain(policy).summary();
    }

    /** The table, the key whose rules apply, and a line for each check. */
    String explained() {
        return table()
                + "\n%-12s %s\nchecks\n".formatted("rules", key())
                + query.explain(policy).tree();
    }

    /** The key that decides, and those that match, too. */
    private String key() {
        List<String> keys = policy.environments().keysOf(query.environment());
        String others =
                keys.size() < 2 ? "" : " (less specific: " + String.join(", ", keys.subList(1, keys.size())) + ")";
        return keys.stream()
                .findFirst()
                .map(key -> "environments: " + key + others)
                .orElse(
                        policy.environments().unnamedGetDefaults()
                                ? "defaults, by unnamed: defaults"
                                : "none, so nobody may request it");
    }

    private EnvironmentRules rules() {
        return policy.rulesOf(query.environment());
    }

    private String duration() {
        return query.duration().map(Object::toString).orElse(rules().defaultDuration() + " (the default)");
    }

    /** One line: {@code john.doe prod 4h -> approve:1}. */
    String line() {
        return query.who().name() + " " + query.environment()
                + query.duration().map(duration -> " " + duration).orElse("")
                + query.start().map(start -> " from " + start).orElse("")
                + (query.breakGlass() ? " --break-glass" : "")
                + (query.reason().isGiven() ? "" : " without a reason") + " -> " + answer.value();
    }

    String table() {
        PersonLookup people = new PersonLookup(policy.people());
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("who", people.describe(query.who()));
        rows.put("environment", query.environment() + (query.breakGlass() ? ", break-glass" : ""));
        rows.put("at", query.at().toString());
        query.start().ifPresent(start -> rows.put("from", start.toString()));
        rows.put("for", duration());
        rows.put("answer", answer.value());
        switch (answer) {
            case PolicyAnswer.Allow(Instant until) -> rows.put("until", until.toString());
            case PolicyAnswer.Approve(int approvals, var approvers, var lapsesAt, var until) -> {
                rows.put("by", approvals == 0 ? "nobody: it waits for its start" : approvers(people, approvers));
                if (approvals > 0) {
                    rows.put("lapses", lapsesAt.toString());
                }
                rows.put("until", until + " at the latest");
            }
            case PolicyAnswer.Refuse _, PolicyAnswer.Depends _ -> {
                // it has only its reason
            }
        }
        rows.put("why", why());
        return rows.entrySet().stream()
                .map(row -> "%-12s %s".formatted(row.getKey(), row.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private String approvers(PersonLookup people, List<Person> approvers) {
        return rules().approvers().everyone()
                ? "everyone in people.yaml with a GitHub login"
                : Stream.concat(
                                approvers.stream().map(people::describe),
                                rules().approvers().audiences().stream().map(audience -> "the members of " + audience))
                        .collect(Collectors.joining(", "));
    }

    ObjectNode json() {
        ObjectNode node = JSON.createObjectNode();
        put(node.putObject("who"), query.who());
        node.put("environment", query.environment().value()).put("breakGlass", query.breakGlass());
        node.put("key", policy.environments().keyOf(query.environment()).orElse(null));
        ArrayNode keys = node.putArray("keys");
        policy.environments().keysOf(query.environment()).forEach(keys::add);
        node.put("at", query.at().toString());
        query.start().ifPresent(start -> node.put("from", start.toString()));
        node.put("duration", query.duration().orElse(rules().defaultDuration()).toString());
        node.put("answer", answer.value());
        switch (answer) {
            case PolicyAnswer.Allow(Instant until) -> node.put("until", until.toString());
            case PolicyAnswer.Approve(var approvals, var approvers, var lapsesAt, var until) -> {
                node.put("approvals", approvals)
                        .put("anybodyMayApprove", rules().approvers().everyone());
                ArrayNode all = node.putArray("approvers");
                approvers.forEach(person -> put(all.addObject(), person));
                ArrayNode audiences = node.putArray("approverAudiences");
                rules().approvers().audiences().forEach(audience -> audiences.add(audience.value()));
                node.put("lapsesAt", lapsesAt.toString()).put("until", until.toString());
            }
            case PolicyAnswer.Depends(var audience) -> node.put("dependsOn", audience.value());
            case PolicyAnswer.Refuse _ -> {
                // a refusal has only its reason
            }
        }
        node.set("checks", query.explain(policy).json());
        return node.put("why", why());
    }

    static String array(List<ObjectNode> nodes) {
        return JSON.createArrayNode().addAll(nodes).toPrettyString();
    }

    private void put(ObjectNode node, Person person) {
        Optional<String> login = policy.people().loginOf(person);
        node.put("id", person.id()).put("name", person.name()).put("github", login.orElse(null));
    }
}
