package dev.bastion.cli.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.app.config.LedgerFile;
import dev.bastion.app.config.PolicyFiles;
import dev.bastion.cli.audit.verify.SignerOptions;
import dev.bastion.cli.report.CommitPages;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.audit.AuditedHistory;
import dev.bastion.ledger.audit.HeadNames;
import dev.bastion.ledger.audit.LedgerAudit;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.UnreadableClone;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.index.InvalidIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name the ledger, and the reading of it. */
final class LedgerOptions {
    @Option(
            names = "--repository",
            paramLabel = "DIR",
            description = "A clone of the ledger's repository (default: the current directory).")
    private Path repository = Path.of(".");

    @Option(
            names = "--branch",
            paramLabel = "BRANCH",
            description = "The ledger's branch (default: the one that is checked out).")
    private Optional<String> branch = Optional.empty();

    @Option(
            names = "--environments",
            paramLabel = "DIR",
            defaultValue = "${env:BASTION_ENVIRONMENTS:-environments}",
            description = "The directory of all environments (default: $BASTION_ENVIRONMENTS, else environments).")
    private String environments = "environments";

    @Option(
            names = "--allowed-signers",
            paramLabel = "FILE",
            description = "The keys whose signatures count, as ssh-keygen(1) describes the file"
                    + " (default: the repository's own file at the head, which its writers can change).")
    private Optional<Path> allowedSigners = Optional.empty();

    @Option(
            names = "--signer",
            paramLabel = "ADDRESS",
            description = "The service's address among the allowed signers, where they have the keys of people, too.")
    private Optional<String> signer = Optional.empty();

    @Mixin
    private IndexOptions index = new IndexOptions();

    /**
     * What was read.
     *
     * @param branch its full name
     * @param headAt the time of the newest commit, at most that of the question
     * @param origin the address of the clone's remote
     * @param remarks what limits the answer, as sentences
     * @param begin the time of the first request or grant; empty where there is none
     */
    record Source(
            Path directory,
            String branch,
            CommitId head,
            Instant headAt,
            Optional<String> origin,
            List<String> remarks,
            Optional<Instant> begin) {
        Source {
            remarks = List.copyOf(remarks);
        }

        /** Says so where a moment is before all that the ledger has. */
        void noteIfBeforeAll(Optional<Instant> moment, PrintWriter errors) {
            begin.filter(first -> moment.filter(asked -> !asked.isAfter(first)).isPresent())
                    .ifPresent(first -> errors.println("note: the ledger has nothing before " + Timestamps.text(first)
                            + ", the time of its first entry."));
        }

        /** The ledger's name for people; nothing of a password that the remote's address has. */
        String name() {
            return origin.flatMap(CommitPages::repository)
                    .orElseGet(() -> directory
                            .toAbsolutePath()
                            .normalize()
                            .getFileName()
                            .toString()
                            .replaceFirst("\\.git$", ""));
        }
    }

    /** The names that people may type. */
    HeadNames names() {
        try (LocalClone clone = LocalClone.open(repository);
                CommitReader commits = clone.commits()) {
            return audit(commits, clone).names(clone.branch(branch).head());
        } catch (UnreadableClone e) {
            throw new CannotLook(e.getMessage(), e);
        } catch (CloneBroken e) {
            throw incomplete(e);
        }
    }

    private LedgerAudit audit(CommitReader commits, LocalClone clone) {
        try {
            return new LedgerAudit(
                    commits,
                    new FileParsers(new PolicyFiles(), new LedgerFile()),
                    Layout.configurationDirectory(environments),
                    index.of(clone));
        } catch (InvalidValue e) {
            throw new CannotLook("--environments: " + e.explanation(), e);
        }
    }

    /** Reads the grants alone. */
    Source grants(Instant now, PrintWriter errors, Consumer<GrantRecord> receiver) {
        return grantsOf(now, errors, _ -> receiver);
    }

    /** Reads the grants alone, for a receiver that needs the time of the head. */
    Source grantsOf(Instant now, PrintWriter errors, Function<Instant, Consumer<GrantRecord>> receiverOf) {
        return read(now, errors, headAt -> {
            Consumer<GrantRecord> receiver = receiverOf.apply(headAt);
            return new AuditSink() {
                @Override
                public void grant(GrantRecord grant) {
                    receiver.accept(grant);
                }
            };
        });
    }

    /** Reads the whole history, see {@link #read(Instant, PrintWriter, Function)}. */
    Source read(Instant now, PrintWriter errors, AuditSink sink) {
        return read(now, errors, _ -> sink);
    }

    /**
     * Reads the whole history.
     *
     * @param sinkOf makes the receiver, from the time of the newest commit
     * @throws CannotLook when it cannot be read
     */
    private Source read(Instant now, PrintWriter errors, Function<Instant, AuditSink> sinkOf) {
        List<String> remarks = new ArrayList<>();
        try (LocalClone clone = LocalClone.open(repository);
                CommitReader commits = clone.commits()) {
            LocalClone.Branch found = clone.branch(branch);
            found.remark().ifPresent(remarks::add);
            LedgerAudit audit = audit(commits, clone);
            TrustedKeys keys = keys(signers(audit, found, remarks));
            AuditedHistory history = audit.open(found.head(), clone.notes(), keys, now);
            requireSignature(history, found, keys, remarks);
            remarks.forEach(remark -> errors.println("note: " + remark));
            Instant headAt = Timestamps.wholeSeconds(
                    Timestamps.earlier(commits.commit(found.head()).at(), now));
            HistoryNotes notes = new HistoryNotes(sinkOf.apply(headAt));
            history.read(notes);
            notes.unsigned().ifPresent(remark -> {
                remarks.add(remark);
                errors.println("note: " + remark);
            });
            return new Source(repository, found.ref(), found.head(), headAt, clone.origin(), remarks, notes.begin());
        } catch (UnreadableClone e) {
            throw new CannotLook(e.getMessage(), e);
        } catch (InvalidIndex e) {
            throw new CannotLook(
                    "The index of " + repository + " changed while it was read. Ask again with --no-index.", e);
        } catch (CloneBroken e) {
            throw incomplete(e);
        }
    }

    private CannotLook incomplete(CloneBroken cause) {
        return new CannotLook(
                "The clone in " + repository + " lacks a part of the history. Make a new one with git clone,"
                        + " without --filter.",
                cause);
    }

    /** Signatures of people, whose keys may be listed too, are no entries. */
    private TrustedKeys keys(AllowedSigners signers) {
        return signers.signers().isEmpty()
                ? TrustedKeys.ofReader(signers)
                : SignerOptions.addressOf(signers, signer)
                        .map(address -> TrustedKeys.ofReader(signers, address, Optional.empty()))
                        .orElseThrow(() -> new CannotLook(SignerOptions.AMBIGUOUS));
    }

    /** Where no key signed anything, commits would count by their form, which anybody can give them. */
    private void requireSignature(
            AuditedHistory history, LocalClone.Branch found, TrustedKeys keys, List<String> remarks) {
        if (!keys.areAny() || history.isSigned()) {
            return;
        }
        allowedSigners.ifPresent(file -> {
            throw new CannotLook("No commit of " + found.ref() + " has the service's signature by a key of " + file
                    + ", so nothing tells its entries from forged ones. Check that file, --signer and --branch; only"
                    + " for a ledger that was never signed, leave out --allowed-signers.");
        });
        remarks.add("No commit is signed by those keys, so every commit of the right form counts as the service's.");
    }

    private AllowedSigners signers(LedgerAudit audit, LocalClone.Branch found, List<String> remarks) {
        if (allowedSigners.isPresent()) {
            AllowedSigners given = given(allowedSigners.get());
            if (given.signers().isEmpty()) {
                throw new CannotLook(allowedSigners.get() + " has no key that can be used: "
                        + String.join("; ", given.notes()) + ". Name the file that the service's keys are in.");
            }
            given.notes().forEach(note -> remarks.add(allowedSigners.get() + ": " + note));
            return given;
        }
        AllowedSigners own = audit.ownSigners(found.head());
        remarks.add(
                own.signers().isEmpty()
                        ? "No keys are known, so every commit of the right form counts as the service's."
                                + " --allowed-signers names keys."
                        : "The repository's own " + environments + "/allowed_signers says which keys count, and its"
                                + " writers can change it. --allowed-signers names a file from elsewhere.");
        return own;
    }

    private static AllowedSigners given(Path file) {
        try {
            return AllowedSigners.parse(Files.readString(file));
        } catch (IOException e) {
            throw new CannotLook("cannot read " + file + "; --allowed-signers names a file", e);
        }
    }
}
