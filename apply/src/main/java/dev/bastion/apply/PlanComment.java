package dev.bastion.apply;

import java.util.List;
import java.util.stream.Collectors;

/** A plan as a Markdown comment for a pull request. Values from outside are escaped or in code spans. */
final class PlanComment {
    private PlanComment() {}

    static String of(RunResult result) {
        StringBuilder text = new StringBuilder("### Plan for ")
                .append(code(result.environment()))
                .append(": ")
                .append(result.action())
                .append("\n\n")
                .append(result.summary())
                .append("\n");
        section(
                text,
                "Refused",
                result.objections().stream().map(PlanComment::escaped).toList());
        section(
                text,
                "Failed",
                result.message().stream().map(PlanComment::escaped).toList());
        if (!result.changes().isEmpty()) {
            text.append("\n<details><summary>").append(result.changes().size()).append(" resources</summary>\n\n");
            result.changes()
                    .forEach(change -> text.append("- ")
                            .append(change.action())
                            .append(" ")
                            .append(code(change.address()))
                            .append("\n"));
            text.append("\n</details>\n");
        }
        return text.append("\nby the ")
                .append(result.driver())
                .append(" driver")
                .append(result.commit()
                        .map(commit -> ", for commit " + code(commit))
                        .orElse(""))
                .append("\n")
                .toString();
    }

    private static void section(StringBuilder text, String title, List<String> items) {
        if (!items.isEmpty()) {
            text.append("\n**")
                    .append(title)
                    .append("**\n\n")
                    .append(items.stream().map(item -> "- " + item + "\n").collect(Collectors.joining()));
        }
    }

    /** A code span that no backtick in the value can end. */
    private static String code(String value) {
        String oneLine = value.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
        return oneLine.contains("`") ? "`` " + oneLine.replace("``", "` `") + " ``" : "`" + oneLine + "`";
    }

    /** Text without Markdown, HTML or mentions. */
    static String escaped(String value) {
        return value.replaceAll("\\s+", " ")
                .replaceAll("([\\\\`*_{}\\[\\]<>#|~!])", "\\\\$1")
                .replace("@", "@\u200b");
    }
}
