package dev.bastion.cli.policy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.EnvironmentRules;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A question and what the policy answers, for people and for programs. */
record PolicySimulation(PolicyQuery question, PolicyAnswer answer, AccessPolicy policy) {
    private static final JsonMapper JSON = new JsonMapper();

    static PolicySimulation of(PolicyQuery question, AccessPolicy policy) {
        return new PolicySimulation(question, question.answeredBy(policy), policy);
    }

    String why() {
        return question.explainedBy(policy).summary();
    }

    /** The table, and a line for each check. */
    String explained() {
        return table() + "\nchecks\n" + question.explainedBy(policy).tree();
    }

    private EnvironmentRules rules() {
        return policy.rulesOf(question.environment());
    }

    private String duration() {
        return question.duration().map(Object::toString).orElse(rules().defaultDuration() + " (the default)");
    }

    /** One line: {@code john.doe prod 4h -> approve:1}. */
    String line() {
        return question.who().name() + " " + question.environment()
                + question.duration().map(duration -> " " + duration).orElse("")
                + (question.breakGlass() ? " --break-glass" : "")
                + (question.reason().isGiven() ? "" : " without a reason") + " -> " + answer.word();
    }

    String table() {
        PersonLookup people = new PersonLookup(policy.people());
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("who", people.described(question.who()));
        rows.put("environment", question.environment() + (question.breakGlass() ? ", break-glass" : ""));
        rows.put("at", question.at().toString());
        rows.put("for", duration());
        rows.put("answer", answer.word());
        switch (answer) {
            case PolicyAnswer.Allow(Instant until) -> rows.put("until", until.toString());
            case PolicyAnswer.Approve(var _, var approvers, var lapsesAt, var until) -> {
                rows.put(
                        "by",
                        rules().approvers().everyone()
                                ? "everyone in people.yaml with a GitHub login"
                                : approvers.stream().map(people::described).collect(Collectors.joining(", ")));
                rows.put("lapses", lapsesAt.toString());
                rows.put("until", until + " at the latest");
            }
            case PolicyAnswer.Refuse _ -> {
                // the reason is all there is to say
            }
        }
        rows.put("why", why());
        return rows.entrySet().stream()
                .map(row -> "%-12s %s".formatted(row.getKey(), row.getValue()))
                .collect(Collectors.joining("\n"));
    }

    ObjectNode json() {
        ObjectNode node = JSON.createObjectNode();
        put(node.putObject("who"), question.who());
        node.put("environment", question.environment().value()).put("breakGlass", question.breakGlass());
        node.put("at", question.at().toString());
        node.put(
                "duration",
                question.duration().orElse(rules().defaultDuration()).toString());
        node.put("answer", answer.word());
        switch (answer) {
            case PolicyAnswer.Allow(Instant until) -> node.put("until", until.toString());
            case PolicyAnswer.Approve(var approvals, var approvers, var lapsesAt, var until) -> {
                node.put("approvals", approvals)
                        .put("anybodyMayApprove", rules().approvers().everyone());
                ArrayNode all = node.putArray("approvers");
                approvers.forEach(person -> put(all.addObject(), person));
                node.put("lapsesAt", lapsesAt.toString()).put("until", until.toString());
            }
            case PolicyAnswer.Refuse _ -> {
                // the reason is all there is to say
            }
        }
        node.set("checks", question.explainedBy(policy).json());
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
