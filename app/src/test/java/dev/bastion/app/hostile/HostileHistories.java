package dev.bastion.app.hostile;

import static dev.bastion.app.world.HostileWriter.Change.file;
import static dev.bastion.app.world.HostileWriter.Change.removed;
import static dev.bastion.app.world.LedgerRemote.environmentFile;
import static dev.bastion.app.world.LedgerRemote.path;

import dev.bastion.app.world.HostileWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/** Hostile shapes of the history, and refs beside the ledger's branch. */
final class HostileHistories {
    private static final String PROD = path("prod");
    private static final String QA = path("qa");

    private HostileHistories() {}

    static Stream<HostileLedger> merges() {
        return Stream.of(
                HostileLedger.of("merge that opens two", HostileHistories::mergeThatOpensTwo)
                        .alarming("open without approval prod", "open without approval qa")
                        .leaving("prod", "open")
                        .leaving("qa", "open"),
                HostileLedger.of("commit that makes two unreadable", HostileHistories::twoUnreadable)
                        .alarming(
                                "open without approval prod",
                                "open without approval qa",
                                "unreadable prod",
                                "unreadable qa")
                        .leaving("prod", "unclear")
                        .leaving("qa", "unclear"),
                HostileLedger.of("criss-cross merges", HostileHistories::crissCross)
                        .alarming("open without approval prod")
                        .leaving("prod", "open"),
                HostileLedger.of("octopus of 200", HostileHistories::octopus)
                        .alarming("open without approval prod")
                        .leaving("prod", "open"),
                HostileLedger.of("unrelated history merged", writer -> {
                    ObjectId root = writer.orphan("Root", writer.head());
                    writer.moveTo(writer.aside("Merge", List.of(writer.head(), root)));
                }),
                HostileLedger.of("content of a merge's own", writer -> {
                            ObjectId side = writer.aside("Side", List.of(writer.head()), file("README.md", "x"));
                            writer.moveTo(writer.aside(
                                    "Merge", List.of(writer.head(), side), file(PROD, writer.opened("prod"))));
                        })
                        .alarming("open without approval prod")
                        .leaving("prod", "open"),
                HostileLedger.of("opened and removed at once", writer -> {
                            writer.commit("Open", file(PROD, writer.opened("prod")));
                            writer.commit("Remove", removed(PROD));
                        })
                        .alarming("open without approval prod", "unreadable prod")
                        .leaving("prod", "unclear"),
                HostileLedger.of(
                        "20,000 commits at once", writer -> writer.moveTo(writer.chain(writer.head(), 20_000))),
                HostileLedger.of(
                        "20,000 commits merged",
                        writer -> writer.moveTo(writer.aside(
                                "Merge", List.of(writer.head(), writer.chain(writer.beforeHead(), 20_000))))),
                HostileLedger.of(
                        "the same parent 300 times",
                        writer -> writer.moveTo(writer.aside("Again", Collections.nCopies(300, writer.head())))),
                HostileLedger.of("opened and closed 300 times", writer -> {
                    String open = writer.opened("prod");
                    String closed = writer.file("prod");
                    IntStream.range(0, 300)
                            .forEach(time -> writer.commit("Time " + time, file(PROD, time % 2 == 0 ? open : closed)));
                }));
    }

    private static void mergeThatOpensTwo(HostileWriter writer) {
        writer.commit("Another environment", file(QA, environmentFile("qa")));
        String qa = writer.opened("qa");
        ObjectId side = writer.aside("Open", List.of(writer.head()), file(PROD, writer.opened("prod")), file(QA, qa));
        writer.commit("Meanwhile", file("README.md", "x"));
        writer.moveTo(
                writer.aside("Merge", List.of(writer.head(), side), file(PROD, writer.opened("prod")), file(QA, qa)));
    }

    private static void twoUnreadable(HostileWriter writer) {
        writer.commit("Another environment", file(QA, environmentFile("qa")));
        writer.commit(
                "By hand",
                file(PROD, writer.opened("prod").replace("2096-", "soon ")),
                file(QA, writer.opened("qa").replace("2096-", "soon ")));
    }

    private static void crissCross(HostileWriter writer) {
        ObjectId left = writer.aside("Left", List.of(writer.head()), file(PROD, writer.opened("prod")));
        ObjectId right = writer.aside("Right", List.of(writer.head()), file("README.md", "x"));
        for (int time = 0; time < 20; time++) {
            ObjectId newLeft = writer.aside("Left " + time, List.of(left, right));
            right = writer.aside("Right " + time, List.of(right, left));
            left = newLeft;
        }
        writer.moveTo(writer.aside("Merge", List.of(writer.head(), left, right), file(PROD, writer.opened("prod"))));
    }

    private static void octopus(HostileWriter writer) {
        List<ObjectId> parents = new ArrayList<>(List.of(writer.head()));
        IntStream.range(0, 200)
                .forEach(number ->
                        parents.add(writer.aside("Side " + number, List.of(writer.head()), file("f" + number, "x"))));
        writer.moveTo(writer.aside("Octopus", parents, file(PROD, writer.opened("prod"))));
    }

    /** The branch points to a history that does not contain the last one; the files are the same, or prod is open. */
    static Stream<HostileLedger> rewritten() {
        return Stream.of(
                HostileLedger.of(
                                "all in one commit without a parent",
                                writer -> writer.moveTo(writer.orphan("All in one", writer.head())))
                        .alarming("history rewritten"),
                HostileLedger.of("an opening put in the place of the last commit", writer -> {
                            String open = writer.opened("prod");
                            writer.commit("Soon gone", file("README.md", "x"));
                            writer.moveTo(writer.aside("Open", List.of(writer.beforeHead()), file(PROD, open)));
                        })
                        .alarming("open without approval prod")
                        .leaving("prod", "open"));
    }

    /** Branches and tags are nobody's grant, whatever their names and contents. */
    static Stream<HostileLedger> refs() {
        return Stream.of(
                beside("a branch like a proposal's", "refs/heads/bastion/prod/01JHR7Z9C0V6T1XK"),
                beside("a branch like a proposal's for the honest one", "refs/heads/bastion/dev/01JHR7Z9C0V6T1XK"),
                beside("a branch named like the branch's ref", "refs/heads/refs/heads/main"),
                beside("a tag named like the branch", "refs/tags/main"),
                beside("a branch named HEAD", "refs/heads/HEAD"),
                beside("a branch in another script", "refs/heads/\u043c\u0430in"),
                beside("a replacement", "refs/replace/" + "1".repeat(40)),
                beside("notes", "refs/notes/bastion"),
                beside("a branch of 100 parts", "refs/heads/" + "a/".repeat(100) + "b"),
                HostileLedger.of("500 branches like proposals", writer -> {
                    ObjectId at = writer.aside("Open", List.of(writer.head()), file(PROD, writer.opened("prod")));
                    IntStream.range(0, 500).forEach(number -> writer.point("refs/heads/bastion/prod/" + number, at));
                }),
                HostileLedger.of("tags of tags", writer -> writer.point("refs/tags/deep", writer.tags(1_000))),
                HostileLedger.of(
                        "2,000 tags",
                        writer -> IntStream.range(0, 2_000)
                                .forEach(number -> writer.point("refs/tags/t" + number, writer.head()))),
                HostileLedger.of("a history of 1,000 commits to a branch", writer -> {
                    ObjectId at = writer.head();
                    for (int time = 0; time < 1_000; time++) {
                        at = writer.aside("Side " + time, List.of(at));
                    }
                    writer.point("refs/heads/bastion/dev/long", at);
                }));
    }

    private static HostileLedger beside(String name, String ref) {
        return HostileLedger.of(
                name,
                writer -> writer.point(
                        ref, writer.aside("Open", List.of(writer.head()), file(PROD, writer.opened("prod")))));
    }
}
