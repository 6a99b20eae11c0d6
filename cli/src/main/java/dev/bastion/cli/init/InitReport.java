package dev.bastion.cli.init;

import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import java.util.ArrayList;
import java.util.List;

/** What {@code bastion init} says about its work. */
record InitReport(LedgerChoices choices, ExistingRepository repository, List<FilePlan> plans) {
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        Layout layout = choices.layout();
        repository.environmentFiles().stream()
                .filter(path -> !layout.isNamed(path))
                .forEach(path -> warnings.add("warning: " + path + " has deploy_bastion, but no pattern names it, so it"
                        + " cannot be requested. Add its pattern to ledger.yaml, or move the file."));
        choices.patterns().stream()
                .filter(PathPattern::hasSlots)
                .map(PathPattern::text)
                .filter(path -> repository
                        .text(Layout.FILE)
                        .filter(ledger -> !ledger.contains(path))
                        .isPresent())
                .forEach(path -> warnings.add("warning: ledger.yaml has no pattern for the slots. Add `- path: \""
                        + path + "\"` to its environments."));
        SlotChoice.lookalikes(choices.environments())
                .forEach(
                        names -> warnings.add("note: " + names + " may be slots of one environment, for one person each"
                                + " (docs/install.md, \"Several people at once\")."));
        if (choices.owners().size() < 2) {
            warnings.add("warning: one owner cannot approve their own changes. Add a second one to"
                    + " environments/people.yaml.");
        }
        return warnings;
    }

    /** One line for each file. */
    List<String> files(boolean isDryRun) {
        return plans.stream()
                .map(plan -> switch (plan) {
                    case FilePlan.Create create -> (isDryRun ? "would add  " : "added      ") + create.path();
                    case FilePlan.Keep keep when keep.patch().isEmpty() -> "complete   " + keep.path();
                    case FilePlan.Keep keep -> "unchanged  " + keep.path() + " (the patch shows what it lacks)";
                })
                .toList();
    }

    List<String> nextSteps() {
        String repository = choices.repository().path();
        return List.of(
                "",
                "Next (docs/install.md explains each step):",
                "  1. Write the ids of your network and databases into the environment files.",
                "  2. bastion policy check && bastion policy test --all",
                "  3. Set the variables of CI, with the roles of docs/ci.md:",
                "       gh variable set BASTION_CI_IMAGE --repo " + repository
                        + " --body ghcr.io/…/bastion-ci@sha256:…",
                "       gh variable set AWS_REGION --repo " + repository + " --body "
                        + choices.aws().region(),
                "       gh variable set BASTION_PLAN_ROLE_ARN --repo " + repository + " --body arn:aws:iam::…",
                "       gh variable set BASTION_APPLY_ROLE_ARN --repo " + repository + " --body arn:aws:iam::…",
                "  4. Commit and push to " + choices.branch() + ". No instance starts: every environment is closed.",
                "  5. Create the GitHub App and the ruleset, and the Slack app from " + GeneratedFiles.MANIFEST + ".",
                "  6. bastion doctor --config " + GeneratedFiles.SETTINGS + " says what is missing.");
    }
}
