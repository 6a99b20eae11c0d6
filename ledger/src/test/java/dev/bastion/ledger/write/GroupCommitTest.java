package dev.bastion.ledger.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    @Test
    void urgentChangesGoFirstAndTheRestKeepsItsOrder() throws InterruptedException {
        BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
        BlockingQueue<String> go = new LinkedBlockingQueue<>();
        try (GroupCommit<String, String> commits =
                new GroupCommit<>("test", 3, change -> change.startsWith("!"), batch -> {
                    batches.add(batch.stream().map(GroupCommit.Pending::change).toList());
                    batch.forEach(pending -> pending.result().complete(pending.change()));
                    await(go);
                })) {
            CompletableFuture<String> first = commits.submit("first");
            assertThat(batches.poll(10, TimeUnit.SECONDS)).containsExactly("first");
            List<CompletableFuture<String>> rest = Stream.of("a", "b", "c", "!d", "e", "!f")
                    .map(commits::submit)
                    .toList();
            for (int batch = 0; batch < 3; batch++) {
                go.add("on");
            }
            assertThat(batches.poll(10, TimeUnit.SECONDS)).containsExactly("!d", "!f", "a");
            assertThat(batches.poll(10, TimeUnit.SECONDS)).containsExactly("b", "c", "e");
            assertThat(first).isCompletedWithValue("first");
            assertThat(rest).allMatch(CompletableFuture::isDone);
        }
    }

    private static void await(BlockingQueue<String> go) {
        try {
            assertThat(go.poll(10, TimeUnit.SECONDS)).isEqualTo("on");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
