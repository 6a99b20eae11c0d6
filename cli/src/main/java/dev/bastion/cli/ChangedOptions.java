package dev.bastion.cli;

import dev.bastion.access.grant.EnvironmentName;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code apply} for several environments. */
final class ChangedOptions {
    private static final int FEWEST = 2;

    @Option(
            names = "--changed",
            paramLabel = "OLD..NEW",
            description =
                    "Apply what differs between the branch's head and OLD, the branch's head before the push, and what"
                            + " no report of an earlier run says is applied. An OLD that is not known, like 000…, stands"
                            + " for everything that is not known to be applied.")
    private @Nullable String range;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "With --changed: only this environment, whatever the range changed.")
    private Optional<EnvironmentName> only = Optional.empty();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description =
                    "With --changed: how many environments to apply at once (default: the processors, at least 2), and"
                            + " one closing more.")
    private int parallel = Math.max(FEWEST, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            defaultValue = "${env:GITHUB_STEP_SUMMARY}",
            description = "With --changed: add the results to this file, as a Markdown table"
                    + " (default: $GITHUB_STEP_SUMMARY).")
    private @Nullable Path summary;

    @Option(
            names = "--ci-login",
            paramLabel = "LOGIN",
            defaultValue = "${env:BASTION_CI_LOGIN:-github-actions[bot]}",
            description = "The account whose reports of earlier runs count"
                    + " (default: $BASTION_CI_LOGIN, else github-actions[bot]).")
    private String ciLogin = "github-actions[bot]";

    boolean isAsked() {
        return range != null;
    }

    /** The old end of the range; empty text when it is not known. */
    String old() {
        String text = range();
        int dots = text.indexOf("..");
        return dots < 0 ? "" : text.substring(0, dots);
    }

    /** The new end of the range. */
    String revision() {
        String text = range();
        int dots = text.indexOf("..");
        return dots < 0 ? text : text.substring(dots + 2);
    }

    private String range() {
        return range == null ? "" : range;
    }

    Optional<EnvironmentName> only() {
        return only;
    }

    int parallel() {
        return Math.max(1, parallel);
    }

    Optional<Path> summary() {
        return Optional.ofNullable(summary);
    }

    String ciLogin() {
        return ciLogin;
    }
}
