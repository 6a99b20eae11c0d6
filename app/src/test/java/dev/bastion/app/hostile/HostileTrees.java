package dev.bastion.app.hostile;

import dev.bastion.app.world.HostileWriter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/** Hostile trees: a few objects with more files than can be listed. The environments beside them are read all the same. */
final class HostileTrees {
    private HostileTrees() {}

    static Stream<HostileLedger> all() {
        return Stream.of(
                bomb("before the others", "aa"),
                bomb("after the others", "zz"),
                HostileLedger.of(
                        "a tree bomb in each of 200 commits",
                        writer -> IntStream.range(0, 200)
                                .forEach(number -> writer.commitTree(
                                        "Docs", "aa", exploding(writer, writer.blob("x" + number), 30)))),
                HostileLedger.of(
                                "a tree bomb instead of an environment's directory",
                                writer -> writer.commitTree("Docs", "prod", exploding(writer, writer.blob("x"), 30)))
                        .leaving("prod", "none"),
                HostileLedger.of("30,000 levels", writer -> writer.commitTree("Deep", "deep", deep(writer, 30_000))));
    }

    private static HostileLedger bomb(String name, String directory) {
        return HostileLedger.of(
                "a tree bomb " + name,
                writer -> writer.commitTree("Docs", directory, exploding(writer, writer.blob("x"), 30)));
    }

    private static ObjectId exploding(HostileWriter writer, ObjectId file, int levels) {
        ObjectId at = writer.tree(names(10), FileMode.REGULAR_FILE, file);
        for (int level = 0; level < levels; level++) {
            at = writer.tree(names(10), FileMode.TREE, at);
        }
        return at;
    }

    private static ObjectId deep(HostileWriter writer, int levels) {
        ObjectId at = writer.tree(List.of("x"), FileMode.REGULAR_FILE, writer.blob("x"));
        for (int level = 0; level < levels; level++) {
            at = writer.tree(List.of("d"), FileMode.TREE, at);
        }
        return at;
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(number -> "e" + number).toList();
    }
}
