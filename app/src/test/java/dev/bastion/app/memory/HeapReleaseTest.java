package dev.bastion.app.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapReleaseTest {
    private static final long MEBIBYTE = 1 << 20;

    private final CountingHeap heap = new CountingHeap();
    private Instant now = Instant.parse("2026-01-15T12:00:00Z");
    private final HeapRelease release = new HeapRelease(heap, () -> now);

    @ParameterizedTest
    @CsvSource({
        "300, 0, 1", // after a burst
        "97, 0, 1",
        "96, 0, 0", // what an idle service holds
        "300, 1, 1",
        "300, 2, 0" // it is at work
    })
    void everythingIsCollectedAfterABurstAndNotDuringOne(long held, long collections, int wanted) {
        heap.committed = held * MEBIBYTE;
        heap.collections += collections;
        release.look();
        assertThat(heap.wanted).isEqualTo(wanted);
    }

    @Test
    void aCollectionOfItsOwnIsNoWork() {
        heap.committed = 300 * MEBIBYTE;
        heap.left = 200 * MEBIBYTE;
        release.look();
        heap.collections++;
        release.look();
        assertThat(heap.wanted).isEqualTo(2);
    }

    /** 300 MiB, of which 225 stay: a quarter was given back. */
    @ParameterizedTest
    @CsvSource({"225, 0, 2", "226, 0, 1", "226, 599, 1", "226, 600, 2"})
    void whatIsInUseIsNotCollectedAgainForTenMinutes(long left, long seconds, int wanted) {
        heap.committed = 300 * MEBIBYTE;
        heap.left = left * MEBIBYTE;
        release.look();
        now = now.plusSeconds(seconds);
        release.look();
        assertThat(heap.wanted).isEqualTo(wanted);
    }

    /** A process with the options of the image, which fills its heap and drops all of it. */
    @Test
    void theImagesJavaMachineGivesMemoryBack() throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(optionsOfTheImage());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Burst.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        List<Long> held = output.lines()
                .filter(line -> line.matches("\\d+"))
                .map(Long::parseLong)
                .toList();
        assertThat(held).as(output).hasSize(2);
        assertThat(held.getFirst()).isGreaterThan(200 * MEBIBYTE);
        assertThat(held.getLast()).isLessThan(64 * MEBIBYTE);
    }

    /** All that say how the heap grows and shrinks. */
    private static List<String> optionsOfTheImage() throws IOException {
        String launcher = Files.readString(Path.of("../docker/bastion"));
        List<String> options = Pattern.compile("-X[\\w:+=-]+")
                .matcher(launcher)
                .results()
                .map(found -> found.group())
                .filter(option -> !option.startsWith("-XX:AOTCache"))
                .toList();
        assertThat(options).contains("-XX:+UseSerialGC", "-XX:-ShrinkHeapInSteps");
        return options;
    }

    /** Prints the bytes that it holds for objects after a burst, and after a look. */
    static final class Burst {
        private Burst() {}

        public static void main(String[] arguments) {
            List<byte[]> kept = new ArrayList<>();
            for (int number = 0; number < 200; number++) {
                kept.add(new byte[(int) MEBIBYTE]);
            }
            JavaHeap heap = new JavaHeap();
            System.out.println(kept.size() == 200 ? heap.committed() : 0);
            kept.clear();
            new HeapRelease(heap, () -> Instant.EPOCH.plus(Duration.ofDays(1))).look();
            System.out.println(heap.committed());
        }
    }

    private static final class CountingHeap implements Heap {
        private long committed;
        private long left = -1;
        private long collections = 7;
        private int wanted;

        @Override
        public long committed() {
            return committed;
        }

        @Override
        public long collections() {
            return collections;
        }

        @Override
        public void collect() {
            wanted++;
            collections++;
            committed = left < 0 ? 0 : left;
        }
    }
}
