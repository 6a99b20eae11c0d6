package dev.bastion.cli.drift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.Drift;
import java.util.Map;

/** What differs, for programs: {@code {"dev": {"incident": "…", "difference": null}}}. */
final class DriftReport {
    private DriftReport() {}

    static String json(Map<EnvironmentName, Drift> differing) {
        ObjectNode report = new ObjectMapper().createObjectNode();
        differing.forEach((environment, drift) -> report.putObject(environment.value())
                .put("incident", drift.incident().orElse(null))
                .put("difference", drift.difference().orElse(null)));
        return report.toString();
    }
}
