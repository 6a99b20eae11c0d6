package dev.bastion.benchmarks.subject;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.entry.Action;
import dev.bastion.ledger.entry.CommitMessage;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.entry.ObservationMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A bare repository whose history has many grants of every kind, one after the other, with the messages that the service writes.
 * The same number of commits is always the same history. Signed, it is a valid ledger, in which an audit has much to find: access
 * to prod without the approval that it needs, access by hand, break-glass that nobody approved, late reversions, and instances
 * that nobody observed gone.
 */
public final class GrantHistory {
    /** The keys of the policy: {@code prod*} needs an approval. */
    private static final String POLICY = """
        unnamed: defaults
        defaults:
          may_request: [everyone]
          longest_duration: 8h
          longest_total: 12h
          approvers: [group:platform]
        environments:
          "prod*":
            approvals: 1
            approval_covers: 12h
            break_glass:
              allowed: [everyone]
              longest_duration: 2h
        """;

    private static final String PEOPLE = """
        people:
          - {id: U12345678, name: john.doe, github: johndoe}
          - {id: U23456789, name: jane.roe, github: janeroe}
          - {id: U34567890, name: max.mustermann, github: maxmustermann}
        groups:
          platform: [U23456789, U34567890]
        """;

    private static final List<Person> PEOPLE_OF_LEDGER = List.of(
            new Person("U12345678", "john.doe"),
            new Person("U23456789", "jane.roe"),
            new Person("U34567890", "max.mustermann"));
    private static final List<String> LOGINS = List.of("johndoe", "janeroe", "maxmustermann");
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
    private static final int FEW_ENVIRONMENTS = 20;
    private static final int KINDS = 9;

    private final OutputStream out;
    private final int commits;
    private final int environments;
    private final int open;
    private int written;
    private Instant now = START;

    private GrantHistory(OutputStream out, int commits, int environments, int open) {
        this.out = out;
        this.commits = commits;
        this.environments = environments;
        this.open = open;
    }

    /** @param commits how many commits it has at least; the last grant is complete */
    public static Path create(Path directory, int commits) throws IOException, InterruptedException {
        return create(directory, commits, FEW_ENVIRONMENTS, 0);
    }

    /**
     * @param environments how many it has, an even number
     * @param open how many grants are open at its end, at most half of the environments
     */
    public static Path create(Path directory, int commits, int environments, int open)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        GitCommand git = new GitCommand(directory);
        git.run("init", "-q", "--bare", "-b", "main", ".");
        git.feed(
                input ->
                        new GrantHistory(new BufferedOutputStream(input, 1 << 16), commits, environments, open).write(),
                "fast-import",
                "--quiet");
        RewrittenHistory.resolve(directory);
        return directory;
    }

    private void write() throws IOException {
        StringBuilder files = new StringBuilder();
        add(files, "environments/access-policy.yaml", POLICY);
        add(files, "environments/people.yaml", PEOPLE);
        add(files, "environments/root.hcl", "locals {}\n");
        for (int number = 0; number < environments; number++) {
            add(files, pathOf(environment(number)), EnvironmentFiles.closed(environment(number)));
        }
        commit("Everything", files.toString());
        for (int grant = 0; written < commits; grant++) {
            grant(grant);
        }
        for (int number = 0; number < open; number++) {
            Scene scene = new Scene(
                    commits + number,
                    written + 1,
                    environment(2 * number),
                    PEOPLE_OF_LEDGER.get(0),
                    now,
                    now.plusSeconds(7200));
            entry(scene, scene.entry(Action.OPEN, Optional.empty(), new ApprovalBasis.ByPolicy()), scene.openFile());
        }
        out.flush();
    }

    private static EnvironmentName environment(int number) {
        return new EnvironmentName((number % 2 == 0 ? "dev-" : "prod-") + number / 2);
    }

    private static String pathOf(EnvironmentName environment) {
        return "environments/" + environment + "/bastion/terragrunt.hcl";
    }

    private void grant(int number) throws IOException {
        int kind = number % KINDS;
        boolean isProduction = kind == 1 || kind == 2 || kind == 3 || kind == 5;
        EnvironmentName environment = environment(2 * (number / KINDS % (environments / 2)) + (isProduction ? 1 : 0));
        Person holder = PEOPLE_OF_LEDGER.get(number / 2 % 3);
        now = now.plusSeconds(60 + number % 7);
        Scene scene =
                new Scene(number, written + 1, environment, holder, now, now.plus(Duration.ofHours(1 + number % 2)));
        switch (kind) {
            case 0, 6, 7 -> byPolicy(scene, kind);
            case 1 -> approved(scene);
            case 2, 3 -> breakGlass(scene, kind == 3);
            case 4 -> byHand(scene);
            case 5 -> byPolicy(scene, kind);
            default -> commit("Change number " + number, add(new StringBuilder(), "README.md", number + "\n"));
        }
    }

    /**
     * One grant of the history.
     *
     * @param openedBy the number of the commit that opens it
     */
    private record Scene(
            int number, int openedBy, EnvironmentName environment, Person holder, Instant from, Instant until) {
        RequestId request() {
            return RequestId.derivedFrom("request " + number);
        }

        Observation.Subject subject() {
            return new Observation.Subject(environment, request(), holder);
        }

        String openFile() {
            return EnvironmentFiles.closed(environment)
                    .replace("deploy_bastion        = 0", "deploy_bastion        = 1")
                    .replace("requested_by_user_id  = \"\"", "requested_by_user_id  = \"" + holder.id() + "\"")
                    .replace("requested_by_username = \"\"", "requested_by_username = \"" + holder.name() + "\"")
                    .replace("created_at            = \"\"", "created_at            = \"" + from + "\"")
                    .replace("expires_at            = \"\"", "expires_at            = \"" + until + "\"");
        }

        LedgerEntry entry(Action action, Optional<Instant> endedAt, ApprovalBasis basis) {
            Optional<Person> by =
                    action == Action.START || action == Action.EXPIRE ? Optional.empty() : Optional.of(holder);
            return new LedgerEntry(
                    action,
                    environment,
                    request(),
                    holder,
                    by,
                    action == Action.OPEN ? Reason.of("INC-" + number + " slow query, \"orders\"") : Reason.NONE,
                    Optional.empty(),
                    from,
                    until,
                    endedAt,
                    Optional.empty(),
                    endedAt.map(_ -> RewrittenHistory.placeholder(openedBy)),
                    Optional.empty(),
                    basis,
                    Optional.empty());
        }

        Scene until(Instant end) {
            return new Scene(number, openedBy, environment, holder, from, end);
        }

        Scene from(Instant start) {
            return new Scene(number, openedBy, environment, holder, start, until);
        }
    }

    private void byPolicy(Scene scene, int kind) throws IOException {
        entry(scene, scene.entry(Action.OPEN, Optional.empty(), new ApprovalBasis.ByPolicy()), scene.openFile());
        ready(scene);
        Scene last = scene;
        if (kind == 6) {
            last = scene.until(scene.until().plus(Duration.ofHours(1)));
            entry(last, last.entry(Action.EXTEND, Optional.empty(), new ApprovalBasis.ByPolicy()), last.openFile());
        }
        boolean isLate = kind == 7;
        end(last, isLate ? Duration.ofMinutes(25) : Duration.ofSeconds(2), scene.number() % 4 != 3);
    }

    private void approved(Scene asked) throws IOException {
        int approver = asked.holder().equals(PEOPLE_OF_LEDGER.get(1)) ? 2 : 1;
        Instant at = asked.from().plusSeconds(100 + asked.number() % 300);
        Approval approval = new Approval(PEOPLE_OF_LEDGER.get(approver), LOGINS.get(approver), 42, asked.number(), at);
        GrantDuration duration = GrantDuration.parse("2h");
        entry(
                asked,
                asked.entry(Action.OPEN, Optional.empty(), new ApprovalBasis.Approved(List.of(approval), duration, at)),
                asked.openFile());
        Scene started = asked.from(at).until(at.plus(duration.length()));
        entry(started, started.entry(Action.START, Optional.empty(), new ApprovalBasis.ByPolicy()), started.openFile());
        ready(started);
        end(started, Duration.ofSeconds(1), true);
    }

    private void breakGlass(Scene scene, boolean isApproved) throws IOException {
        ApprovalBasis basis = new ApprovalBasis.BreakGlass(Optional.empty());
        entry(scene, scene.entry(Action.OPEN, Optional.empty(), basis), scene.openFile());
        ready(scene);
        end(scene, Duration.ofSeconds(3), true);
        if (isApproved) {
            Person approver = PEOPLE_OF_LEDGER.get(scene.holder().equals(PEOPLE_OF_LEDGER.get(1)) ? 2 : 1);
            LedgerEntry plain = scene.entry(Action.APPROVE, Optional.empty(), new ApprovalBasis.ByPolicy());
            commit(
                    CommitMessage.of(new LedgerEntry(
                            plain.action(),
                            plain.environment(),
                            plain.request(),
                            plain.holder(),
                            Optional.of(approver),
                            plain.reason(),
                            plain.origin(),
                            plain.createdAt(),
                            plain.expiresAt(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            plain.approvalBasis(),
                            Optional.empty())),
                    "");
        }
    }

    private void byHand(Scene scene) throws IOException {
        String path = pathOf(scene.environment());
        commit("Open by hand", add(new StringBuilder(), path, scene.openFile()));
        now = now.plusSeconds(600);
        commit("Close by hand", add(new StringBuilder(), path, EnvironmentFiles.closed(scene.environment())));
    }

    private void entry(Scene scene, LedgerEntry entry, String file) throws IOException {
        commit(CommitMessage.of(entry), add(new StringBuilder(), pathOf(scene.environment()), file));
    }

    private void ready(Scene scene) throws IOException {
        now = now.plusSeconds(90);
        Instance instance = new Instance(
                "i-%017x".formatted(scene.number()), Optional.empty(), Optional.of("eu-west-1"), Optional.empty());
        commit(
                ObservationMessage.of(new Observation.Ready(
                        scene.subject(), scene.from().plusSeconds(95), instance, Duration.ofSeconds(95))),
                "");
    }

    private void end(Scene scene, Duration after, boolean hasGone) throws IOException {
        Instant endedAt = scene.until().plus(after);
        now = endedAt;
        entry(
                scene,
                scene.entry(Action.EXPIRE, Optional.of(endedAt), new ApprovalBasis.ByPolicy()),
                EnvironmentFiles.closed(scene.environment()));
        if (hasGone) {
            now = now.plusSeconds(120);
            commit(
                    ObservationMessage.of(new Observation.Gone(
                            scene.subject(), now, Optional.empty(), Optional.empty(), new GoneSource.Service())),
                    "");
            commit(ObservationMessage.of(new Observation.Sessions(scene.subject(), now, List.of(), 0, true)), "");
        }
    }

    private void commit(String message, String files) throws IOException {
        written++;
        String text =
                "commit refs/heads/main\nmark :%d\ncommitter bastion <bastion@example.com> %d +0000\ndata %d\n%s\n"
                        .formatted(
                                written,
                                now.getEpochSecond(),
                                message.getBytes(StandardCharsets.UTF_8).length,
                                message);
        out.write((text + (written == 1 ? "" : "from :" + (written - 1) + "\n") + files)
                .getBytes(StandardCharsets.UTF_8));
    }

    private static String add(StringBuilder to, String path, String content) {
        return to.append("M 100644 inline ")
                .append(path)
                .append("\ndata ")
                .append(content.getBytes(StandardCharsets.UTF_8).length)
                .append('\n')
                .append(content)
                .append('\n')
                .toString();
    }
}
