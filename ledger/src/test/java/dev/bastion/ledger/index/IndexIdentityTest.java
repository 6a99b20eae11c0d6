package dev.bastion.ledger.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.layout.Layout;
import dev.bastion.ledger.SigningKeys;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.ReadBudget;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a reading depends on makes another identity, and the same of it the same. */
class IndexIdentityTest {
    private static final ProgramFiles PROGRAM = new ProgramFiles(List.of("bastion-cli.jar 1 2"));
    private static final Layout LAYOUT = Layout.standard("environments");
    private static final List<Optional<BlobId>> VERSIONS = List.of(Optional.empty());

    @TempDir
    private Path directory;

    private static String of(
            Layout layout, List<Optional<BlobId>> versions, TrustedKeys keys, ReadBudget budget, ProgramFiles program) {
        return IndexIdentity.of(layout, versions, keys, budget, program)
                .orElseThrow()
                .value();
    }

    @Test
    void eachPartOfItMakesAnother() {
        ReadBudget usual = ReadBudget.USUAL;
        ReadBudget smaller = new ReadBudget(
                usual.blobBytes() - 1,
                usual.messageBytes(),
                usual.changedFiles(),
                usual.pullRequests(),
                usual.perPullRequest(),
                usual.packBytes());
        TrustedKeys keys = TrustedKeys.ofReader(
                AllowedSigners.parse(SigningKeys.line(SigningKeys.newKey(directory.resolve("key")))));
        List<Optional<BlobId>> changed = List.of(Optional.of(new BlobId("a".repeat(40))), Optional.empty());
        ProgramFiles other = new ProgramFiles(List.of("bastion-cli.jar 1 3"));
        List<String> identities = Stream.of(
                        of(LAYOUT, VERSIONS, TrustedKeys.NONE, usual, PROGRAM),
                        of(Layout.standard("other"), VERSIONS, TrustedKeys.NONE, usual, PROGRAM),
                        of(LAYOUT, changed, TrustedKeys.NONE, usual, PROGRAM),
                        of(LAYOUT, VERSIONS, keys, usual, PROGRAM),
                        of(LAYOUT, VERSIONS, TrustedKeys.NONE, smaller, PROGRAM),
                        of(LAYOUT, VERSIONS, TrustedKeys.NONE, usual, other))
                .toList();
        assertThat(identities).doesNotHaveDuplicates();
        assertThat(of(LAYOUT, VERSIONS, TrustedKeys.NONE, usual, PROGRAM)).isEqualTo(identities.getFirst());
    }

    /** Another version of the program has another size or time of one of its files. */
    @Test
    void aProgramIsItsFilesWithTheirSizesAndTimes() throws IOException {
        Path jar = Files.writeString(directory.resolve("program.jar"), "one");
        FileTime time = Files.getLastModifiedTime(jar);
        String classPath = jar + File.pathSeparator + directory.resolve("none.jar");
        ProgramFiles first = ProgramFiles.of(classPath);
        Files.writeString(jar, "another");
        Files.setLastModifiedTime(jar, time);
        ProgramFiles otherSize = ProgramFiles.of(classPath);
        Files.writeString(jar, "one");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(time.toMillis() + 1));
        ProgramFiles otherTime = ProgramFiles.of(classPath);
        Files.setLastModifiedTime(jar, time);
        assertThat(List.of(first, otherSize, otherTime)).doesNotHaveDuplicates();
        assertThat(ProgramFiles.of(classPath)).isEqualTo(first);
    }
}
