package dev.bastion.ledger.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of an index: its sections, and what becomes of it when it cannot be written. */
class HistoryIndexTest {
    @TempDir
    private Path directory;

    private IndexKey key() {
        return IndexKey.of(directory.resolve("key")).orElseThrow();
    }

    private HistoryIndex index() {
        return new HistoryIndex(directory, "test-v1", key());
    }

    private Path file() {
        return directory.resolve("bastion/test-v1");
    }

    @Test
    void eachSectionIsReadOnItsOwn() {
        try (IndexDraft draft = index().draft().orElseThrow()) {
            draft.begin(IndexSection.EVENTS).text("events");
            draft.begin(IndexSection.SUMMARY).text("summary");
            draft.keep();
        }
        HistoryIndex.Content content = index().read().orElseThrow();
        assertThat(content.section(IndexSection.SUMMARY).text()).isEqualTo("summary");
        assertThat(content.section(IndexSection.EVENTS).text()).isEqualTo("events");
        assertThatThrownBy(() -> content.section(IndexSection.STATE).count())
                .as("a section that was not written")
                .isInstanceOf(InvalidIndex.class);
    }

    @Test
    void aDraftThatIsNotKeptLeavesTheIndexBefore() {
        keep("first");
        try (IndexDraft draft = index().draft().orElseThrow()) {
            draft.begin(IndexSection.STATE).text("second");
        }
        assertThat(index().read().orElseThrow().section(IndexSection.STATE).text())
                .isEqualTo("first");
        assertThat(directory.resolve("bastion")).isDirectoryContaining(path -> path.equals(file()));
        assertThat(directory.resolve("bastion")).isDirectoryNotContaining("glob:**draft-*");
    }

    private void keep(String state) {
        try (IndexDraft draft = index().draft().orElseThrow()) {
            draft.begin(IndexSection.STATE).text(state);
            draft.keep();
        }
    }

    /** Linux has a file that is always full. The draft is a link to it, so that nothing but the link can be deleted. */
    @Test
    void aFullDiskLeavesTheIndexBefore() throws IOException {
        keep("first");
        Path temporary = Files.createSymbolicLink(directory.resolve("bastion/draft-full"), Path.of("/dev/full"));
        try (IndexDraft draft = new IndexDraft(file(), temporary, key().mac())) {
            IndexOutput state = draft.begin(IndexSection.STATE);
            IntStream.range(0, 300_000).forEach(number -> state.number(number * 7919L));
            draft.keep();
        }
        assertThat(Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(index().read().orElseThrow().section(IndexSection.STATE).text())
                .isEqualTo("first");
    }

    @Test
    void draftsOfKilledProcessesAreDeletedAfterADay() throws IOException {
        keep("first");
        Path old = Files.writeString(directory.resolve("bastion/draft-1"), "");
        Path young = Files.writeString(directory.resolve("bastion/draft-2"), "");
        Instant now = Files.getLastModifiedTime(young).toInstant();
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(25))));
        keep("second");
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void momentsAndNamesThatComeAgainAreReadAsTheyWereWritten() {
        List<Instant> moments =
                List.of(Instant.MAX, Instant.MIN, Instant.EPOCH, Instant.ofEpochSecond(1, 999_999_999), Instant.MAX);
        try (IndexDraft draft = index().draft().orElseThrow()) {
            IndexOutput out = draft.begin(IndexSection.STATE);
            moments.forEach(out::moment);
            List.of("one", "two", "one").forEach(out::name);
            draft.keep();
        }
        IndexInput in = index().read().orElseThrow().section(IndexSection.STATE);
        assertThat(moments.stream().map(_ -> in.moment())).containsExactlyElementsOf(moments);
        assertThat(List.of(in.name(), in.name(), in.name())).containsExactly("one", "two", "one");
    }
}
