package dev.bastion.apply.plan;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan's summary for people: {@code +1 instance, +1 ingress rule on sg-0a1b2c3d, ~1 schedule}. */
public record PlanSummary(List<PlannedChange> changes) {
    static final String NOTHING = "nothing to do";

    public PlanSummary {
        changes = List.copyOf(changes);
    }

    /** One line. The signs are Terraform's: + created, ~ changed in place, - destroyed, -/+ replaced. */
    public String line() {
        Map<Part, Integer> parts = new LinkedHashMap<>();
        changes.stream()
                .sorted(Comparator.comparing(PlannedChange::action).thenComparingInt(PlanSummary::weight))
                .forEach(change -> parts.merge(Part.of(change), 1, Integer::sum));
        return parts.isEmpty()
                ? NOTHING
                : parts.entrySet().stream()
                        .map(part -> part.getKey().text(part.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /** Sorts the resources that people look for to the front. */
    private static int weight(PlannedChange change) {
        return switch (change.type()) {
            case "aws_instance" -> 0;
            case "aws_vpc_security_group_ingress_rule" -> 1;
            case "aws_vpc_security_group_egress_rule" -> 2;
            case "aws_security_group" -> 3;
            default -> 4;
        };
    }

    /** Resources that the summary counts together. */
    private record Part(PlannedAction action, String noun, String target) {
        static Part of(PlannedChange change) {
            return switch (change.type()) {
                case "aws_vpc_security_group_ingress_rule" -> new Part(change.action(), "ingress rule", group(change));
                case "aws_vpc_security_group_egress_rule" -> new Part(change.action(), "egress rule", group(change));
                case String type ->
                    new Part(
                            change.action(),
                            type.replaceFirst("^(aws|terraform)_", "").replace('_', ' '),
                            "");
            };
        }

        private static String group(PlannedChange change) {
            String group = change.value("security_group_id");
            return " on " + (group.isEmpty() ? "the bastion's group" : group);
        }

        String text(int count) {
            return action.sign() + count + " " + (count == 1 ? noun : plural()) + target;
        }

        private String plural() {
            return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
        }
    }
}
