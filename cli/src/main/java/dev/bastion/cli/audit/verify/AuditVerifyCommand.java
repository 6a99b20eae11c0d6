package dev.bastion.cli.audit.verify;

import dev.bastion.access.fault.AnchorFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.app.AnchorPlaces;
import dev.bastion.app.config.LedgerFile;
import dev.bastion.app.config.PolicyFiles;
import dev.bastion.layout.LedgerName;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.UnreadableClone;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.verification.AnchorSet;
import dev.bastion.ledger.verification.LedgerVerifier;
import dev.bastion.ledger.verification.VerificationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bastion audit verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks a clone of the ledger: signatures, what each entry's commit did, order, reversions, and"
                + " anchors. It trusts nothing in the repository.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing is wrong", "1:findings", "2:it could not look, or wrong usage"})
public final class AuditVerifyCommand implements Callable<Integer> {
    private final InstantSource clock;
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            description = "The directory of a clone, with a work tree or bare (default: here).")
    private Path repository = Path.of(".");

    @Option(names = "--branch", paramLabel = "BRANCH", description = "The ledger's branch (default: the current one).")
    private @Nullable String branch;

    @Option(
            names = "--allowed-signers",
            paramLabel = "FILE",
            description =
                    "The service's keys, from outside the repository, as ssh-keygen's ALLOWED SIGNERS. Without it, the"
                            + " repository's own copy is used, which proves only that the history fits it.")
    private @Nullable Path allowedSigners;

    @Option(
            names = "--signer",
            paramLabel = "EMAIL",
            description = "The service's address in that file (default: the only one in it).")
    private @Nullable String signer;

    @Option(
            names = "--signed-since",
            paramLabel = "COMMIT",
            description = "The commit from which on entries are signed, where it is known.")
    private @Nullable CommitId signedSince;

    @Option(
            names = "--anchors",
            paramLabel = "PLACE",
            description = "The anchors to compare with: a directory, s3://BUCKET/PREFIX, or a git remote (#BRANCH).")
    private List<String> anchors = new ArrayList<>();

    @Option(
            names = "--environments",
            paramLabel = "DIR",
            description = "The directory of all environments in the repository (default: ${DEFAULT-VALUE}).")
    private String environments = "environments";

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    /** @param environment variables of the process */
    public AuditVerifyCommand(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (LocalClone clone = LocalClone.open(repository)) {
            LocalClone.Branch read = clone.branch(Optional.ofNullable(branch));
            read.remark().ifPresent(remark -> err.println("note: " + remark));
            TrustedKeys keys = new SignerOptions(
                            Optional.ofNullable(allowedSigners),
                            Optional.ofNullable(signer),
                            Optional.ofNullable(signedSince))
                    .keys(clone, read.head(), environments, err);
            FileParsers parsers = new FileParsers(new PolicyFiles(), new LedgerFile());
            VerificationReport report = new LedgerVerifier(parsers, environments, keys)
                    .verify(clone, read.head(), anchorsOf(clone), clock.instant());
            out.println(json ? VerificationJson.of(report) : VerificationText.of(report));
            return report.findingsTotal() == 0 ? 0 : 1;
        } catch (UnreadableClone | CannotVerify e) {
            err.println(e.getMessage());
        } catch (AnchorFailed e) {
            err.println(e.fault().line());
        } catch (CloneBroken e) {
            err.println("The clone lacks a commit or a file, or it is damaged: " + e.getMessage()
                    + ". Run git fsck in it, or make a new one with git clone.");
        } catch (IOException e) {
            err.println("A temporary directory cannot be made: " + e.getMessage());
        }
        return 2;
    }

    private Optional<AnchorSet> anchorsOf(LocalClone clone) throws IOException {
        if (anchors.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("note: No anchors given: this check cannot notice that commits were removed from the end"
                            + " of the branch.");
            return Optional.empty();
        }
        List<AnchorSet.NamedDocument> documents = new ArrayList<>();
        for (String place : anchors) {
            Path scratch = Files.createTempDirectory("bastion-anchors");
            try {
                AnchorPlaces.read(place, scratch.resolve("clone.git"), environment)
                        .forEach((name, text) -> documents.add(new AnchorSet.NamedDocument(name, text)));
            } finally {
                TemporaryDirectory.delete(scratch);
            }
        }
        if (documents.isEmpty()) {
            throw new CannotVerify(String.join(", ", anchors)
                    + " has no anchors. Check the place, and that the service writes them (/readyz).");
        }
        return Optional.of(new AnchorSet(clone.origin().flatMap(LedgerName::of), documents));
    }
}
