package dev.bastion.app.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trust policies for GitHub's OIDC tokens that the ledger's repository holds as code, in HCL or JSON. A statement that
 * lets pull requests take a role must name the workflow: else a workflow that a pull request adds takes it.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/security/oidc">OIDC reference</a>
 */
public final class PlanRoleTrust {
    /** What the findings are about. */
    public static final String SUBJECT = "plan role";

    private static final String ISSUER = "token.actions.githubusercontent.com";
    private static final String ACTION = "AssumeRoleWithWebIdentity";
    /** A subject of pull requests, or of everything. */
    private static final Pattern OPEN_SUBJECT =
            Pattern.compile("\"repo:[^\"\\n]{1,300}:(pull_request|\\*)\"|\"repo:[^\"\\n:]{1,300}\\*\"");
    /** The workflow of the default branch, or of another fixed ref. */
    private static final Pattern PINNED = Pattern.compile(
            "job_workflow_ref\"?[\\s\\S]{0,400}?\\.github/workflows/[^\"*@\\n]{1,300}@[^\"*\\n]{1,300}\"");

    /** Above these bounds a file is not judged: its author must not decide how long it takes. */
    private static final int MOST_CHARACTERS = 64 * 1024;

    private static final int MOST_SUBJECTS = 20;
    private static final int MOST_BLOCKS = 20;

    private PlanRoleTrust() {}

    /** @param repository {@code owner/name}, for the command that shows the role itself */
    static List<Finding> findings(LedgerContent content, String repository) {
        List<Finding> found = new ArrayList<>();
        boolean isThere = false;
        boolean isAllJudged = content.isWhole();
        for (Map.Entry<String, byte[]> file : content.files().entrySet()) {
            String text = new String(file.getValue(), StandardCharsets.UTF_8);
            boolean isTrust = text.contains(ISSUER)
                    && text.contains(ACTION)
                    && !file.getKey().startsWith(".github/");
            isThere |= isTrust;
            boolean isJudged = text.length() <= MOST_CHARACTERS
                    && OPEN_SUBJECT
                                    .matcher(text)
                                    .results()
                                    .limit(MOST_SUBJECTS + 1)
                                    .count()
                            <= MOST_SUBJECTS;
            if (isTrust && isJudged) {
                found.addAll(open(file.getKey(), text));
            }
            isAllJudged &= isJudged || !isTrust;
        }
        if (!found.isEmpty()) {
            return found;
        }
        return List.of(
                isThere && isAllJudged
                        ? Finding.ok(Area.CI, SUBJECT, "every trust policy in the repository names its workflow")
                        : unseen(repository));
    }

    private static Finding unseen(String repository) {
        return Finding.unknown(
                Area.CI,
                SUBJECT,
                "its trust policy cannot be seen from here, because it is not in the repository, or is too long",
                "look whether a statement with repo:" + repository + ":pull_request has a condition on job_workflow_ref"
                        + " (docs/ci.md, \"The roles\"): aws iam get-role --role-name ROLE --query"
                        + " Role.AssumeRolePolicyDocument");
    }

    private static List<Finding> open(String path, String text) {
        List<Finding> found = new ArrayList<>();
        Matcher subject = OPEN_SUBJECT.matcher(text);
        while (subject.find()) {
            if (!PINNED.matcher(statement(text, subject.start())).find()) {
                long line = 1
                        + text.substring(0, subject.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                found.add(Finding.problem(
                        Area.CI,
                        SUBJECT,
                        path + ":" + line + " trusts " + subject.group()
                                + " without naming a workflow, so a pull request with a workflow of its"
                                + " own takes the role",
                        "add the condition job_workflow_ref, as in docs/ci.md, \"The roles\""));
            }
        }
        return found;
    }

    /** The innermost block in braces around a position that says which action it allows; empty in too deep a nest. */
    private static String statement(String text, int position) {
        int from = position;
        for (int blocks = 0; from > 0; blocks++) {
            if (blocks == MOST_BLOCKS) {
                return "";
            }
            from = opening(text, from);
            int to = closing(text, from);
            String block = text.substring(from, to);
            if (block.contains(ACTION)) {
                return block;
            }
        }
        return text;
    }

    private static int opening(String text, int before) {
        int depth = 0;
        for (int at = before - 1; at > 0; at--) {
            char c = text.charAt(at);
            if (c == '}') {
                depth++;
            } else if (c == '{' && depth-- == 0) {
                return at;
            }
        }
        return 0;
    }

    private static int closing(String text, int opening) {
        int depth = 0;
        for (int at = opening; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return at + 1;
            }
        }
        return text.length();
    }
}
