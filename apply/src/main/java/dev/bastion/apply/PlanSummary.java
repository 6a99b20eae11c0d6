package dev.bastion.apply;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as people read it: {@code +1 instance, +1 ingress rule on sg-0a1b2c3d, ~1 schedule}. */
record PlanSummary(List<PlannedChange> changes) {
    static final String NOTHING = "nothing to do";

    PlanSummary {
        changes = List.copyOf(changes);
    }

    /** One line; the sign of each part is the plan's own (+ created, ~ changed in place, - destroyed, -/+ replaced). */
    String line() {
        Map<String, Integer> parts = new LinkedHashMap<>();
        for (PlannedAction action : PlannedAction.values()) {
            changes.stream()
                    .filter(change -> change.action() == action)
                    .sorted(java.util.Comparator.comparingInt(PlanSummary::weight))
                    .forEach(change -> parts.merge(action.sign() + "\0" + noun(change), 1, Integer::sum));
        }
        return parts.isEmpty()
                ? NOTHING
                : parts.entrySet().stream()
                        .map(part -> part.getKey().replace("\0", part.getValue() + " "))
                        .collect(Collectors.joining(", "));
    }

    int count(PlannedAction action) {
        return (int)
                changes.stream().filter(change -> change.action() == action).count();
    }

    /** What people look for first comes first. */
    private static int weight(PlannedChange change) {
        return switch (change.type()) {
            case "aws_instance" -> 0;
            case "aws_vpc_security_group_ingress_rule" -> 1;
            case "aws_vpc_security_group_egress_rule" -> 2;
            case "aws_security_group" -> 3;
            default -> 4;
        };
    }

    private static String noun(PlannedChange change) {
        return switch (change.type()) {
            case "aws_vpc_security_group_ingress_rule" -> "ingress rule on " + group(change);
            case "aws_vpc_security_group_egress_rule" -> "egress rule on " + group(change);
            case String type -> type.replaceFirst("^(aws|terraform)_", "").replace('_', ' ');
        };
    }

    private static String group(PlannedChange change) {
        String group = change.value("security_group_id");
        return group.isEmpty() ? "the bastion's group" : group;
    }
}
