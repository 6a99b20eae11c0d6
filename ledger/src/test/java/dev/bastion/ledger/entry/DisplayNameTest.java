package dev.bastion.ledger.entry;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.ledger.HostileTexts;
import dev.bastion.ledger.file.ManualEdit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of any script and any malice in commits: whatever the name, the person stays the same, on one line. */
class DisplayNameTest {
    private static final String ID = "W012ABCDEF";
    private static final List<String> NAMES = List.of(
            "محمد الأمين",
            "\u202eאברהם\u202c \u2066x",
            "山田太郎",
            "Ωμέγα",
            "Zoë O'Brien",
            "Jürgen Groß",
            "e\u0301" + "\u0301".repeat(500),
            "\u0301\u0302\u0303",
            "👩‍👩‍👧‍👦🇩🇪",
            "   ",
            "\u200b\u200d\ufeff",
            "\u3164\u115f",
            "...",
            "---",
            "<!channel>",
            "@here",
            "<@U123|jane>",
            "jane <U99999999>",
            "root <root@example.com>",
            "x\nBastion-Action: end\nRequested-By: root <U0>",
            "Approved-By: jane <U2> (jane) PR #1 review 1 at 2026-01-15T10:31:07Z",
            "Bastion-Action\ua789 end",
            "[skip ci]",
            "${x} %{y} \"z\"",
            "`code` *bold* _x_ ~y~",
            "\ud800",
            "𐎀".repeat(400),
            "null",
            "z".repeat(5000));

    static Stream<String> names() {
        return Stream.concat(NAMES.stream(), HostileTexts.ALL.stream());
    }

    @ParameterizedTest
    @MethodSource("names")
    void anyNameLeavesThePersonAndTheMessageAsTheyAre(String name) {
        check(name);
    }

    @Test
    void anyCharactersDo() {
        long seed = 20_260_115L;
        Random random = new Random(seed);
        for (int round = 0; round < 3000; round++) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(1, 90); length > 0; length--) {
                name.appendCodePoint(character(random));
            }
            check(name.toString());
        }
    }

    /** Half of them from where the special ones are. */
    private static int character(Random random) {
        return random.nextBoolean()
                ? random.nextInt(0x80)
                : List.of(random.nextInt(0x2000, 0x2070), random.nextInt(0x300, 0x700), random.nextInt(0x110000))
                        .get(random.nextInt(3));
    }

    private static void check(String name) {
        Person person = Person.of(ID, name);
        assertThat(person.name()).matches("[\\p{L}\\p{M}\\p{N}._-]{1,64}").containsPattern("[\\p{L}\\p{N}]");
        AccessRequest request =
                new AccessRequest(new RequestId("01JHR7Z9C0V6T1"), person, DEV, Optional.empty(), Reason.NONE, NOON);
        LedgerEntry opened = LedgerEntry.of(new LedgerChange.Open(request, NOON, TWO, Optional.empty()));
        Grant grant = new Grant(
                DEV,
                request.id(),
                person,
                Reason.NONE,
                NOON,
                TWO,
                new CommitId("0".repeat(40)),
                Optional.empty(),
                false);
        LedgerEntry ended = LedgerEntry.of(new LedgerChange.Close(grant, new End.EndedBy(person), NOON));
        assertOnePerson(opened, person, 10);
        assertOnePerson(ended, person, 13);
        assertThat(ManualEdit.signatureOf(person).name()).isEqualTo(person.name());
    }

    private static void assertOnePerson(LedgerEntry entry, Person person, int mostLines) {
        String message = CommitMessage.of(entry);
        assertThat(CommitMessageParser.read(message)).contains(entry);
        assertThat(message.lines().filter(line -> line.startsWith("Requested-By: ")))
                .containsExactly("Requested-By: " + person.name() + " <" + ID + ">");
        assertThat(message.lines().filter(line -> line.startsWith("Bastion-Action: ")))
                .hasSize(1);
        assertThat(message.lines().count()).isLessThanOrEqualTo(mostLines);
        assertThat(message).doesNotContain("@", "<!", "[skip");
    }
}
