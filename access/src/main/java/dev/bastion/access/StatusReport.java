package dev.bastion.access;

import dev.bastion.access.fault.Outage;
import java.util.List;

/**
 * The status of every environment, by name.
 *
 * @param outages the systems that do not answer at present, so that what is shown of them is older
 */
public record StatusReport(List<ReportStatus.Line> lines, List<Outage> outages) {
    public StatusReport {
        lines = List.copyOf(lines);
        outages = List.copyOf(outages);
    }
}
