package dev.bastion.cli.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.app.config.PolicyTestsFile;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bastion policy test}: may U123 open prod for 4h now, who must approve, and why? */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Shows the access policy's answer to a request, as if the environment were closed.",
        footerHeading = "For example:%n",
        footer = {
            "  bastion policy test --who john.doe --environment prod --duration 4h --expect approve:1",
            "  bastion policy test --all"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:as expected", "1:not as expected", "2:wrong usage, or invalid policy files"})
final class PolicyTestCommand implements Callable<Integer> {
    /** The answer to a request for later that waits for its start alone. */
    private static final String WITHOUT_APPROVAL = "approve:0";

    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PolicyOptions options = new PolicyOptions();

    @Option(
            names = "--who",
            paramLabel = "PERSON",
            description = "A Slack id, a name in people.yaml, or a GitHub login.")
    private @Nullable String who;

    @Option(names = "--environment", paramLabel = "NAME", description = "The environment, like prod.")
    private @Nullable EnvironmentName environment;

    @Option(names = "--duration", paramLabel = "2h", description = "The duration. Default: the policy's.")
    private Optional<GrantDuration> duration = Optional.empty();

    @Option(names = "--no-reason", description = "Request without a reason.")
    private boolean noReason;

    @Option(names = "--reason", paramLabel = "TEXT", description = "The reason. Default: a sample, without a ticket.")
    private Optional<String> reason = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The time of the request, like 2026-01-15T10:30:00Z. Default: now.")
    private @Nullable Instant at;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Request access for later, from this time on, like 2026-01-16T02:00Z.")
    private Optional<OffsetDateTime> from = Optional.empty();

    @Option(names = "--break-glass", description = "Request break-glass access, without waiting for approval.")
    private boolean breakGlass;

    @Option(
            names = "--expect",
            paramLabel = "allow|approve:N|depends|refuse",
            description = "The expected answer; any other ends with exit code 1.")
    private @Nullable String expected;

    @Option(
            names = "--member",
            paramLabel = "AUDIENCE=PERSON",
            description = "Suppose that the person is in an external audience, and that nobody else is but those of"
                    + " further such options; like github-team:acme/dba=john.doe.")
    private List<String> members = List.of();

    @Option(names = "--all", description = "Test every row of policy-tests.yaml, which is beside the policy files.")
    private boolean all;

    @Option(names = "--explain", description = "Print every check and its result.")
    private boolean explain;

    @Option(names = "--json", description = "Print JSON, with every check.")
    private boolean json;

    PolicyTestCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (all && from.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--from excludes --all: its rows are requests for at once");
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            PolicySource source = options.source();
            return all ? testAll(source) : testOne(source);
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

    private int testOne(PolicySource source) {
        if (who == null || environment == null) {
            throw new ParameterException(spec.commandLine(), "use --who and --environment, or --all");
        }
        requireExpectation();
        PolicySimulation simulation = simulation(
                source,
                GivenMembers.of(members).in(source.policy()),
                new PolicyTestsFile.Row(
                        who, environment, duration, reason(), breakGlass, expected == null ? "" : expected));
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? simulation.json().toPrettyString() : explain ? simulation.explained() : simulation.table());
        boolean asExpected =
                expected == null || expected.equals(simulation.answer().value());
        if (!asExpected) {
            spec.commandLine()
                    .getErr()
                    .println("expected " + expected + ", but the answer is "
                            + simulation.answer().value());
        }
        return asExpected ? 0 : 1;
    }

    private Reason reason() {
        return noReason ? Reason.NONE : reason.map(Reason::of).orElse(PolicyTestsFile.SAMPLE_REASON);
    }

    private void requireExpectation() {
        if (expected != null && !expected.matches(PolicyTestsFile.EXPECTED + "|" + WITHOUT_APPROVAL)) {
            throw new ParameterException(spec.commandLine(), "--expect must be allow, approve:N, depends or refuse");
        }
    }

    private int testAll(PolicySource source) {
        PolicyTestsFile tests = PolicyTestsFile.read(source.file(PolicySource.TESTS_FILE)
                .orElseThrow(() -> new NotFound(source.name() + " has no " + PolicySource.TESTS_FILE)));
        AccessPolicy policy =
                GivenMembers.of(members).or(new GivenMembers(tests.members())).in(source.policy());
        List<Row> rows = tests.rows().stream()
                .map(row -> new Row(simulation(source, policy, row), row.expected()))
                .toList();
        long failed = rows.stream().filter(row -> !row.isAsExpected()).count();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(PolicySimulation.array(rows.stream().map(Row::json).toList()));
        } else {
            rows.forEach(row -> out.println(row.line()));
            out.println(source.name() + ": " + rows.size() + " tests, " + failed + " failed");
        }
        return failed == 0 ? 0 : 1;
    }

    private record Row(PolicySimulation simulation, String expected) {
        boolean isAsExpected() {
            return expected.equals(simulation.answer().value());
        }

        String line() {
            return isAsExpected()
                    ? "ok    " + simulation.line()
                    : "FAIL  " + simulation.line() + "\n      expected " + expected + "; " + simulation.why();
        }

        ObjectNode json() {
            return simulation.json().put("expected", expected).put("asExpected", isAsExpected());
        }
    }

    private PolicySimulation simulation(PolicySource source, AccessPolicy policy, PolicyTestsFile.Row row) {
        NavigableSet<EnvironmentName> all = source.environments();
        EnvironmentName environment = source.layout().aliases().named(row.environment(), all);
        if (!all.contains(environment)) {
            throw new NotFound("there is no environment " + row.environment() + "; the environments are " + all);
        }
        PolicyQuery query = new PolicyQuery(
                new PersonLookup(policy.people()).find(row.who()),
                environment,
                row.duration(),
                row.reason(),
                row.breakGlass(),
                from.map(OffsetDateTime::toInstant).map(Timestamps::wholeSeconds),
                Timestamps.wholeSeconds(at == null ? clock.instant() : at));
        return PolicySimulation.of(query, policy);
    }
}
