package dev.bastion.app.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.diagnosis.InstallationCheck;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.layout.Layout;
import dev.bastion.layout.NameProblems;
import dev.bastion.layout.PathPattern;
import dev.bastion.ledger.write.LedgerSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The check of the ledger's repository: its branch, its configuration, and the key that signs its entries. */
public final class LedgerCheck implements InstallationCheck {
    private static final int MOST_NAMED = 20;
    private static final String EXAMPLE_TEAM = "@acme/";

    private final LedgerSettings settings;
    private final String keyFile;
    private final LedgerReading reading;

    /** @param keyFile the path of the signing key; empty for none, or one in AWS KMS */
    public LedgerCheck(LedgerSettings settings, String keyFile, LedgerReading reading) {
        this.settings = settings;
        this.keyFile = keyFile;
        this.reading = reading;
    }

    @Override
    public Area area() {
        return Area.LEDGER;
    }

    @Override
    public String system() {
        return "the ledger's remote";
    }

    @Override
    public void examine(Findings found) {
        Optional<LedgerContent> content = content(found);
        Layout layout = content.map(known -> known.layoutOr(settings.environments()))
                .orElseGet(() -> Layout.standard(settings.environments()));
        content.ifPresent(known -> {
            found.add(Finding.ok(
                    Area.LEDGER,
                    "branch " + settings.branch(),
                    "read at " + known.head().brief()));
            environments(known, layout).ifPresent(found::add);
            slots(known, layout).forEach(found::add);
            mixedUp(known).forEach(found::add);
            undecidedNames(known).ifPresent(found::add);
            found.addAll(new PolicyFindings(known, layout).all());
            found.add(codeOwners(known));
            approvalsInSlack(known).ifPresent(found::add);
        });
        found.addAll(new SigningFindings(
                        settings.keys(),
                        keyFile,
                        layout.allowedSigners(),
                        content.map(known -> known.text(layout.allowedSigners()).orElse("")))
                .all());
    }

    /** Empty when the branch cannot be read for a reason that only a person can change. */
    private Optional<LedgerContent> content(Findings found) {
        try {
            return Optional.of(reading.content());
        } catch (LedgerRejected | LedgerUnreachable e) {
            String reason = String.valueOf(e.getMessage());
            boolean isWithoutBranch = reason.contains("has no branch");
            if (e instanceof LedgerUnreachable && !isWithoutBranch) {
                throw e;
            }
            found.add(isWithoutBranch ? withoutBranch() : unreadable(reason));
        }
        return Optional.empty();
    }

    private Finding withoutBranch() {
        return Finding.problem(
                Area.LEDGER,
                "branch " + settings.branch(),
                "the remote has no such branch",
                "set ledger.branch to the branch that CI applies, or create the branch");
    }

    private static Finding unreadable(String reason) {
        return Finding.problem(
                Area.LEDGER,
                "remote",
                "it refuses to be read: " + reason,
                "check ledger.remote, and ledger.token, ledger.ssh_key or the github section, and that the account"
                        + " may read the repository");
    }

    private Optional<Finding> environments(LedgerContent content, Layout layout) {
        if (!content.environments().isEmpty()) {
            return Optional.empty();
        }
        String patterns = layout.environments().stream().map(PathPattern::text).collect(Collectors.joining(", "));
        return Optional.of(Finding.problem(
                Area.LEDGER,
                "environments",
                "no file on " + settings.branch() + " has a path like " + patterns + ", so nothing can be requested",
                "add an environment there, or correct environments in ledger.yaml"));
    }

    private static Stream<Finding> slots(LedgerContent content, Layout layout) {
        return NameProblems.slotsWithoutFile(layout, content.environments().keySet()).stream()
                .map(problem -> Finding.problem(
                        Area.LEDGER,
                        "slots",
                        problem + ", so fewer people can have it at once",
                        "add each file, or lower the number in slots of ledger.yaml"));
    }

    private static Stream<Finding> mixedUp(LedgerContent content) {
        return content.mixedUp().stream()
                .limit(MOST_NAMED)
                .map(problem -> Finding.problem(Area.LEDGER, "environment", problem.statement(), problem.remedy()));
    }

    /** The name may come from {@code root.hcl}, another file or a run's variables. */
    private static Optional<Finding> undecidedNames(LedgerContent content) {
        List<String> files = content.undecidedNames();
        String named = files.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.unknown(
                        Area.LEDGER,
                        "names of resources",
                        "nothing beside it decides `environment` of " + named
                                + (files.size() > MOST_NAMED ? ", and " + (files.size() - MOST_NAMED) + " more" : "")
                                + ", so only CI's plan guard sees whether it is the environment's own",
                        "write `environment` into each file"));
    }

    /** Without signatures everyone who may push could write an approval, so the service takes none. */
    private Optional<Finding> approvalsInSlack(LedgerContent content) {
        String environments = content.policy().stream()
                .flatMap(policy -> content.environments().keySet().stream()
                        .filter(environment ->
                                policy.rulesOf(environment).proposals().inSlack()))
                .map(EnvironmentName::value)
                .collect(Collectors.joining(", "));
        return environments.isEmpty() || settings.keys().signer().isPresent()
                ? Optional.empty()
                : Optional.of(Finding.problem(
                        Area.LEDGER,
                        "approve_in",
                        "approvals in Slack are refused for " + environments + ", because entries are not signed",
                        "set signing.key_file or signing.kms_key (docs/upgrade.md), or write approve_in: [github]"));
    }

    private static Finding codeOwners(LedgerContent content) {
        Optional<String> owners = Stream.of(".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
                .flatMap(path -> content.text(path).stream())
                .findFirst();
        if (owners.isEmpty()) {
            return Finding.warning(
                    Area.LEDGER,
                    "CODEOWNERS",
                    "there is none, so GitHub asks no owner about changes of what CI runs and of the policy",
                    "add .github/CODEOWNERS (docs/ci.md, \"The rules at GitHub\")");
        }
        return owners.get().contains(EXAMPLE_TEAM)
                ? Finding.warning(
                        Area.LEDGER,
                        "CODEOWNERS",
                        "it names the example's team, " + EXAMPLE_TEAM + "…",
                        "replace it by the team that may change what CI runs")
                : Finding.ok(Area.LEDGER, "CODEOWNERS", "there");
    }
}
