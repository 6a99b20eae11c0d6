package dev.bastion.cli.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.PolicyProblems;
import dev.bastion.app.config.PolicyTestsFile;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bastion policy test}: may U123 open prod for 4h now, who must approve, and why? */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Says what the access policy answers to a request, as if the environment were closed.",
        footerHeading = "For example:%n",
        footer = {
            "  bastion policy test --who john.doe --environment prod --duration 4h --expect approve:1",
            "  bastion policy test --all"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:answered, and as expected", "1:not as expected", "2:wrong usage, or wrong policy files"})
final class PolicyTestCommand implements Callable<Integer> {
    private static final Reason GIVEN = Reason.of("a test of the policy");

    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PolicyOptions options = new PolicyOptions();

    @Option(names = "--who", paramLabel = "PERSON", description = "An id, a name of people.yaml, or a GitHub login.")
    private @Nullable String who;

    @Option(names = "--environment", paramLabel = "NAME", description = "Which environment, like prod.")
    private @Nullable EnvironmentName environment;

    @Option(names = "--duration", paramLabel = "2h", description = "How long; without it the policy's default.")
    private Optional<GrantDuration> duration = Optional.empty();

    @Option(names = "--no-reason", description = "As if no reason were given.")
    private boolean noReason;

    @Option(names = "--at", paramLabel = "MOMENT", description = "When, like 2026-01-15T10:30:00Z; without it now.")
    private @Nullable Instant at;

    @Option(names = "--break-glass", description = "Without waiting for anybody's approval.")
    private boolean breakGlass;

    @Option(
            names = "--expect",
            paramLabel = "allow|approve:N|refuse",
            description = "What the answer must be; any other is exit code 1.")
    private @Nullable String expected;

    @Option(names = "--all", description = "Every row of policy-tests.yaml, beside the policy files.")
    private boolean all;

    @Option(names = "--explain", description = "Every check by name, and how it came out.")
    private boolean explain;

    @Option(names = "--json", description = "For programs; with every check.")
    private boolean json;

    PolicyTestCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            PolicySource source = options.source();
            return all ? all(source) : one(source);
        } catch (PolicyProblems e) {
            e.problems().forEach(err::println);
            return 2;
        } catch (NotFound e) {
            err.println(e.getMessage());
            return 2;
        } catch (InvalidValue e) {
            err.println(e.explanation());
            return 2;
        }
    }

    private int one(PolicySource source) {
        if (who == null || environment == null) {
            throw new ParameterException(spec.commandLine(), "name --who and --environment, or --all");
        }
        requireExpectation();
        PolicySimulation trial = trial(
                source,
                source.policy(),
                new PolicyTestsFile.Row(
                        who, environment, duration, !noReason, breakGlass, expected == null ? "" : expected));
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? trial.json().toPrettyString() : explain ? trial.explained() : trial.table());
        boolean asExpected = expected == null || expected.equals(trial.answer().word());
        if (!asExpected) {
            spec.commandLine()
                    .getErr()
                    .println("expected " + expected + ", and it is "
                            + trial.answer().word());
        }
        return asExpected ? 0 : 1;
    }

    private void requireExpectation() {
        if (expected != null && !expected.matches(PolicyTestsFile.EXPECTED)) {
            throw new ParameterException(spec.commandLine(), "--expect is allow, approve:N or refuse");
        }
    }

    private int all(PolicySource source) {
        AccessPolicy policy = source.policy();
        PolicyTestsFile tests = PolicyTestsFile.read(source.file(PolicySource.TESTS)
                .orElseThrow(() -> new NotFound(source.name() + " has no " + PolicySource.TESTS)));
        List<Row> rows = tests.rows().stream()
                .map(row -> new Row(trial(source, policy, row), row.expected()))
                .toList();
        long wrong = rows.stream().filter(row -> !row.isAsExpected()).count();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(PolicySimulation.array(rows.stream().map(Row::json).toList()));
        } else {
            rows.forEach(row -> out.println(row.line()));
            out.println(source.name() + ": " + rows.size() + " questions, " + wrong + " wrong answers");
        }
        return wrong == 0 ? 0 : 1;
    }

    private record Row(PolicySimulation trial, String expected) {
        boolean isAsExpected() {
            return expected.equals(trial.answer().word());
        }

        String line() {
            return isAsExpected()
                    ? "ok    " + trial.line()
                    : "WRONG " + trial.line() + "\n      expected " + expected + "; " + trial.why();
        }

        ObjectNode json() {
            return trial.json().put("expected", expected).put("asExpected", isAsExpected());
        }
    }

    private PolicySimulation trial(PolicySource source, AccessPolicy policy, PolicyTestsFile.Row row) {
        if (!source.environments().contains(row.environment())) {
            throw new NotFound("there is no environment " + row.environment() + "; there are " + source.environments());
        }
        PolicyQuery question = new PolicyQuery(
                new PersonLookup(policy.people()).called(row.who()),
                row.environment(),
                row.duration(),
                row.reason() ? GIVEN : Reason.NONE,
                row.breakGlass(),
                Timestamps.wholeSeconds(at == null ? clock.instant() : at));
        return PolicySimulation.of(question, policy);
    }
}
