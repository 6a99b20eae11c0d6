package dev.bastion.slack.status;

import com.slack.api.model.block.LayoutBlock;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.state.StatusReport;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bounded list of environments: first those of note, a line each; the closed ones grouped by directory where there are
 * many. It says how many it leaves out.
 */
public final class EnvironmentList {
    /** More closed environments than these are grouped. */
    private static final int FEW = 10;

    private static final int MOST_IN_A_GROUP = 20;

    private EnvironmentList() {}

    /** @param most the sections it may have */
    public static List<LayoutBlock> of(List<StatusReport.Line> lines, int most) {
        List<StatusReport.Line> closed =
                lines.stream().filter(line -> !StatusLines.isOfNote(line)).toList();
        List<String> texts = new ArrayList<>(StatusLines.byUrgency(lines).stream()
                .filter(StatusLines::isOfNote)
                .flatMap(StatusLines::summary)
                .toList());
        texts.addAll(
                closed.size() <= FEW
                        ? closed.stream().map(StatusLines::headline).toList()
                        : groups(closed));
        return Blocks.lines(texts, most);
    }

    private static List<String> groups(List<StatusReport.Line> closed) {
        SortedMap<String, List<String>> byDirectory = new TreeMap<>();
        for (StatusReport.Line line : closed) {
            EnvironmentName name = line.state().environment();
            byDirectory.computeIfAbsent(directory(name), _ -> new ArrayList<>()).add(name.value());
        }
        List<String> texts = new ArrayList<>();
        byDirectory.forEach((directory, names) -> texts.add(group(directory, names)));
        return texts;
    }

    private static String group(String directory, List<String> names) {
        int more = names.size() - MOST_IN_A_GROUP;
        String shown = String.join(
                ", ",
                names.subList(0, Math.min(MOST_IN_A_GROUP, names.size())).stream()
                        .map(Mrkdwn::code)
                        .toList());
        String where = directory.isEmpty() ? "" : " in " + Mrkdwn.code(directory + "/");
        return "⚫ " + names.size() + " closed" + where + ": " + shown + (more > 0 ? " and " + more + " more" : "");
    }

    /** What stands before the last slash. */
    private static String directory(EnvironmentName name) {
        int slash = name.value().lastIndexOf('/');
        return slash < 0 ? "" : name.value().substring(0, slash);
    }
}
