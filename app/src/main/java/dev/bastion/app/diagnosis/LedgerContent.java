package dev.bastion.app.diagnosis;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.layout.Layout;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Place;
import dev.bastion.layout.state.IdentityProblems;
import dev.bastion.ledger.LedgerInspection;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.object.Commit;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the ledger's branch has now, as far as checks need it.
 *
 * @param layout empty when {@code ledger.yaml} cannot be read
 * @param policy empty when the policy files cannot be read
 * @param problems those of {@code ledger.yaml} and the policy files, each as {@code file: key: problem}
 * @param environments the path of each environment's file
 * @param open the environments whose file says 1
 * @param mixedUp the environments that cannot be told apart from others
 * @param undecidedNames the files of environments of which only a plan shows the name that their resources get
 * @param files the content of configuration, workflows and infrastructure code, by path
 * @param isWhole whether the repository is small enough that all of it was read
 * @param lastEntry the newest commit of the service that changed an environment
 */
public record LedgerContent(
        CommitId head,
        Optional<Layout> layout,
        Optional<AccessPolicy> policy,
        List<String> problems,
        Map<EnvironmentName, String> environments,
        Set<String> open,
        List<ShapeProblem> mixedUp,
        List<String> undecidedNames,
        Map<String, byte[]> files,
        boolean isWhole,
        Optional<Commit> lastEntry) {
    private static final int MOST_PATHS = 20_000;
    private static final int MOST_CODE_FILES = 3000;
    /** Of all files together: everybody who writes to the repository decides how many there are. */
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final Pattern OPEN = Pattern.compile("(?m)^[ \\t]*deploy_bastion[ \\t]*=[ \\t]*1\\b");
    private static final Pattern CODE = Pattern.compile(".*\\.(tf|json|hcl|tofu)");

    static LedgerContent read(LedgerInspection at, String directory, FileParsers parsers) {
        List<String> paths = at.paths(MOST_PATHS);
        Budget budget = new Budget();
        Map<String, byte[]> files = files(at, paths, directory, budget);
        Set<String> problems = new LinkedHashSet<>();
        Optional<byte[]> ledger = Optional.ofNullable(files.get(Layout.FILE));
        Optional<Layout> layout = parsed(problems, () -> parsers.layout().read(ledger, directory));
        Layout known = layout.orElseGet(() -> Layout.standard(directory));
        Optional<AccessPolicy> policy = parsed(
                problems,
                () -> parsers.policy()
                        .read(new PolicyDocuments(
                                Optional.ofNullable(files.get(known.accessPolicy())),
                                Optional.ofNullable(files.get(known.people())),
                                ledger)));
        Map<EnvironmentName, String> environments = new TreeMap<>(Comparator.comparing(EnvironmentName::value));
        paths.forEach(path -> known.environmentAt(path).ifPresent(name -> environments.putIfAbsent(name, path)));
        List<String> named =
                environments.values().stream().filter(known::isNamed).toList();
        return new LedgerContent(
                at.head(),
                layout,
                policy,
                List.copyOf(problems),
                environments,
                open(at, environments),
                IdentityProblems.in(at.tree(), known, named),
                IdentityProblems.undecidedNames(at.tree(), known, named),
                files,
                paths.size() < MOST_PATHS && budget.left >= 0,
                lastEntry(at, environments, known));
    }

    private static <T> Optional<T> parsed(Set<String> problems, Supplier<T> parser) {
        try {
            return Optional.of(parser.get());
        } catch (PolicyProblems e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /** The bytes that may still be held; negative once a file was left out. */
    private static final class Budget {
        private long left = MOST_BYTES;
    }

    private static Map<String, byte[]> files(LedgerInspection at, List<String> paths, String directory, Budget budget) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        paths.stream().filter(path -> isConfiguration(path, directory)).forEach(path -> add(at, path, files, budget));
        paths.stream()
                .filter(path -> CODE.matcher(path).matches())
                .limit(MOST_CODE_FILES)
                .forEach(path -> add(at, path, files, budget));
        return files;
    }

    private static boolean isConfiguration(String path, String directory) {
        return path.equals(Layout.FILE)
                || path.equals("CODEOWNERS")
                || path.equals("docs/CODEOWNERS")
                || path.startsWith(".github/")
                || (path.startsWith(directory + "/") && path.indexOf('/', directory.length() + 1) < 0);
    }

    private static void add(LedgerInspection at, String path, Map<String, byte[]> files, Budget budget) {
        if (budget.left >= 0 && !files.containsKey(path)) {
            at.file(path).ifPresent(content -> {
                budget.left -= content.length;
                if (budget.left >= 0) {
                    files.put(path, content);
                }
            });
        }
    }

    private static Set<String> open(LedgerInspection at, Map<EnvironmentName, String> environments) {
        return environments.entrySet().stream()
                .filter(environment -> at.file(environment.getValue())
                        .map(content -> new String(content, StandardCharsets.UTF_8))
                        .filter(text -> OPEN.matcher(text).find())
                        .isPresent())
                .map(environment -> environment.getKey().value())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<Commit> lastEntry(
            LedgerInspection at, Map<EnvironmentName, String> environments, Layout layout) {
        return at.lastChangesOf(Set.copyOf(environments.values()), layout.directory()).values().stream()
                .filter(commit -> commit.message().contains("\nBastion-Action: "))
                .max(Comparator.comparing(Commit::at));
    }

    /** The text of a file; empty when there is none. */
    Optional<String> text(String path) {
        return Optional.ofNullable(files.get(path)).map(content -> new String(content, StandardCharsets.UTF_8));
    }

    /** The content of the people file. */
    Optional<byte[]> people() {
        return layout.map(Layout::people).map(files::get);
    }

    /** The Slack channels that messages go to besides that of the settings. */
    public List<String> channels() {
        return layout.map(known -> known.channels().all()).orElse(List.of());
    }

    /** The layout in force; the standard one while {@code ledger.yaml} cannot be read. */
    Layout layoutOr(String directory) {
        return layout.orElseGet(() -> Layout.standard(directory));
    }

    /** The AWS accounts; none while {@code ledger.yaml} cannot be read. */
    public AwsAccounts accounts() {
        return layout.map(Layout::accounts).orElse(AwsAccounts.NONE);
    }

    /** The account and region of an environment; empty where no pattern names it. */
    public Optional<Place> placeOf(EnvironmentName environment) {
        return Optional.ofNullable(environments.get(environment))
                .flatMap(path -> layout.flatMap(known -> known.placeAt(path)));
    }

    /** The environments whose file says 1. */
    public Set<EnvironmentName> openEnvironments() {
        return environments.keySet().stream()
                .filter(environment -> open.contains(environment.value()))
                .collect(Collectors.toSet());
    }

    /** Whether a request can need an approval, which is assumed while the policy cannot be read. */
    public boolean needsApprovals() {
        return policy.map(known -> known.environments().all().anyMatch(rules -> rules.approvals() > 0))
                .orElse(true);
    }

    /** Whether an approval in Slack counts for any request that needs one. */
    public boolean countsApprovalsInSlack() {
        return policy.stream()
                .flatMap(known -> known.environments().all())
                .anyMatch(rules -> rules.approvals() > 0 && rules.proposals().inSlack());
    }
}
