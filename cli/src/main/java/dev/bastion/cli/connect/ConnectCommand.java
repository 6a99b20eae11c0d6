package dev.bastion.cli.connect;

import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.port.BastionDiagnostics;
import dev.bastion.app.aws.PersonalAccess;
import dev.bastion.app.aws.PersonalAccessFailed;
import dev.bastion.app.aws.PersonalBastion;
import dev.bastion.app.aws.PersonalSessions;
import dev.bastion.app.aws.diagnosis.BastionDiagnosis;
import dev.bastion.cli.account.PlaceHint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code bastion connect}: a person's way to the database of an open environment. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        description = "Forwards a port of this machine to the database of an open environment, with your own AWS"
                + " credentials, until the grant ends. Needs session-manager-plugin.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:ended by you, or with the grant; with a client: the client's own code",
            "1:--check found something missing",
            "2:wrong usage",
            "69:no bastion: not open, over, or several",
            "75:AWS does not answer, or the bastion is not ready: try again",
            "77:AWS does not allow it",
            "78:credentials, region, plugin, client or port of this machine"
        })
public final class ConnectCommand implements Callable<Integer> {
    private static final Duration AGENT_COMES_WITHIN = Duration.ofMinutes(2);

    private final InstantSource clock;
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ENVIRONMENT", description = "The environment, like dev or prod/orders.")
    private @Nullable EnvironmentName name;

    @Option(
            names = "--region",
            description =
                    "The AWS region (default: in a clone of the ledger that of ledger.yaml, else AWS_REGION, else the"
                            + " profile's).")
    private @Nullable String region;

    @Option(
            names = "--profile",
            description = "The AWS profile (default: AWS_PROFILE or keys; else, in a clone of the ledger, that of"
                    + " ledger.yaml if you have it; else the SDK's chain).")
    private @Nullable String profile;

    @Option(names = "--instance", paramLabel = "ID", description = "The bastion to take, where there are several.")
    private @Nullable String instance;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "The database to take, where there are several behind the bastion, like reporting.")
    private @Nullable String target;

    @Option(names = "--port", description = "The port of this machine (default: the environment's own, or a free one).")
    private @Nullable Integer port;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            description =
                    "Wait so long, also for an environment that CI still opens (default: 2m for one that starts).")
    private @Nullable GrantDuration wait;

    @Option(names = "--user", description = "The database's user.")
    private @Nullable String user;

    @Option(names = "--database", description = "The database's name.")
    private @Nullable String database;

    @Option(
            names = "--iam-token",
            description = "Use an RDS IAM token as the password; needs --user. Valid 15 minutes.")
    private boolean needsToken;

    @Mixin
    private ClientOptions client = new ClientOptions();

    @Option(names = "--url", description = "Print the URL alone on the standard output.")
    private boolean onlyUrl;

    @Option(
            names = "--json",
            description = "Print one JSON object a line for each event; with a client on the standard error.")
    private boolean isJson;

    @Option(names = "--check", description = "Say what is missing, and do not connect.")
    private boolean isCheck;

    /** @param environment the process's variables */
    public ConnectCommand(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() {
        ConnectRequest request = request();
        ConnectOutput output = output(request.client().isPresent());
        if (isCheck) {
            return check(request, output);
        }
        try (PersonalAccess access = access()) {
            return new Connect(request, access, environment, clock, output, Timing.REAL).run();
        } catch (PersonalAccessFailed failure) {
            ConnectRefused refusal = ConnectRefused.of(failure);
            output.refused(refusal);
            return refusal.code().number();
        }
    }

    /** What the person did not say is as ledger.yaml says, where they are in a clone of the ledger. */
    private PersonalSessions access() {
        boolean isComplete = region != null && profile != null;
        PlaceHint hint = name == null || isComplete ? PlaceHint.NONE : PlaceHint.of(name, Path.of("."), environment);
        return PersonalSessions.of(
                Optional.ofNullable(region).or(hint::region),
                Optional.ofNullable(profile).or(() -> hint.profile().filter(this::isUsable)),
                environment);
    }

    /** Whether a profile is this person's, and they chose no other credentials. */
    private boolean isUsable(String hinted) {
        return Stream.of("AWS_PROFILE", "AWS_ACCESS_KEY_ID")
                        .allMatch(variable ->
                                environment.getOrDefault(variable, "").isBlank())
                && PersonalSessions.isConfigured(hinted);
    }

    private ConnectRequest request() {
        if (name == null) {
            throw new IllegalStateException("picocli requires ENVIRONMENT");
        }
        if (needsToken && user == null) {
            throw new ParameterException(spec.commandLine(), "--iam-token needs --user, the database's user");
        }
        if (client.isAmbiguous()) {
            throw new ParameterException(spec.commandLine(), "give one of --psql, --mysql and --exec");
        }
        if (port != null && (port < 1 || port > 65535)) {
            throw new ParameterException(spec.commandLine(), "--port is a number from 1 to 65535");
        }
        return new ConnectRequest(
                name,
                Optional.ofNullable(instance),
                Optional.ofNullable(target),
                Optional.ofNullable(port),
                wait == null ? AGENT_COMES_WITHIN : wait.length(),
                wait != null,
                Optional.ofNullable(user),
                Optional.ofNullable(database),
                needsToken,
                client.chosen());
    }

    private ConnectOutput output(boolean hasClient) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (isJson) {
            return new JsonOutput(hasClient && !isCheck ? err : out); // the standard output is the client's
        }
        return new TextOutput(out, err, ZoneId.systemDefault(), onlyUrl, hasClient);
    }

    private int check(ConnectRequest request, ConnectOutput output) {
        List<Finding> findings = new ConnectCheck(request, environment, Installation.ofThisMachine())
                .look(this::access, access -> found(access, request, output), access -> diagnosis(access, request));
        findings.forEach(output::found);
        return (ConnectCheck.isComplete(findings) ? ExitCode.DONE : ExitCode.INCOMPLETE).number();
    }

    private List<Finding> diagnosis(PersonalSessions access, ConnectRequest request) {
        Findings found = new Findings();
        try (BastionDiagnosis diagnosis = BastionDiagnosis.of(access)) {
            diagnosis.examine(
                    new BastionDiagnostics.Subject(
                            request.environment(), new BastionDiagnostics.Expected.Unknown(), clock.instant()),
                    found);
        }
        return found.all();
    }

    private PersonalBastion found(PersonalAccess access, ConnectRequest request, ConnectOutput output) {
        return new BastionSearch(access, clock, output, new Pause(), Timing.REAL.poll()).find(request, clock.instant());
    }
}
