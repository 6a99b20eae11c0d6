package dev.bastion.ledger.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    @Test
    void urgentChangesGoFirstAndTheRestKeepsItsOrder() throws InterruptedException {
        BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
        BlockingQueue<String> go = new LinkedBlockingQueue<>();
        try (GroupCommit<String, String> commits = new GroupCommit<>(
                "test",
                3,
                change -> change.startsWith("!"),
                batch -> {
                    batch.forEach(pending -> pending.result().complete(pending.change()));
                    batches.add(batch.stream().map(GroupCommit.Pending::change).toList());
                    await(go);
                },
                IdleWork.NONE)) {
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
        assertThat(batches).as("nothing is written at the end").isEmpty();
    }

    @Test
    void idleWorkWaitsForEveryChange() throws InterruptedException {
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        BlockingQueue<String> go = new LinkedBlockingQueue<>();
        AtomicInteger works = new AtomicInteger();
        IdleWork idle = new IdleWork() {
            @Override
            public Optional<Duration> dueIn() {
                return works.get() == 0 ? Optional.empty() : Optional.of(Duration.ZERO);
            }

            @Override
            public void run() {
                works.decrementAndGet();
                done.add("idle");
            }
        };
        try (GroupCommit<String, String> commits = new GroupCommit<>(
                "test",
                1,
                _ -> false,
                batch -> {
                    await(go);
                    batch.forEach(pending -> done.add(pending.change()));
                    batch.forEach(pending -> pending.result().complete(""));
                },
                idle)) {
            List<CompletableFuture<String>> results =
                    new ArrayList<>(List.of(commits.submit("a"), commits.submit("b")));
            works.set(2);
            commits.wake();
            results.add(commits.submit("c"));
            go.addAll(List.of("on", "on", "on"));
            for (String next : List.of("a", "b", "c", "idle", "idle")) {
                assertThat(done.poll(10, TimeUnit.SECONDS)).isEqualTo(next);
            }
            assertThat(results).allMatch(CompletableFuture::isDone);
            works.set(1);
        }
        assertThat(done).as("what is due when it closes").containsExactly("idle");
    }

    @Test
    void withoutAThreadTheCallerWritesAndIdleWorkWaitsForAStep() {
        List<String> done = new ArrayList<>();
        AtomicInteger works = new AtomicInteger();
        IdleWork idle = new IdleWork() {
            @Override
            public Optional<Duration> dueIn() {
                return works.get() == 0 ? Optional.empty() : Optional.of(Duration.ZERO);
            }

            @Override
            public void run() {
                works.decrementAndGet();
                done.add("idle in " + Thread.currentThread().getName());
            }
        };
        String here = Thread.currentThread().getName();
        try (GroupCommit<String, String> commits = new GroupCommit<>(
                "test",
                1,
                _ -> false,
                batch -> batch.forEach(pending -> {
                    done.add(pending.change() + " in " + Thread.currentThread().getName());
                    pending.result().complete("");
                }),
                idle,
                Pacing.STEPS)) {
            assertThat(commits.submit("a")).isCompletedWithValue("");
            works.set(1);
            commits.wake();
            assertThat(done).containsExactly("a in " + here);
            commits.step();
            assertThat(done).containsExactly("a in " + here, "idle in " + here);
            commits.step();
            assertThat(done).hasSize(2);
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
