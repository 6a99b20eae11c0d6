package dev.bastion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.simulation.model.Answers;
import dev.bastion.simulation.model.Conditions;
import dev.bastion.simulation.model.LedgerModel;
import dev.bastion.simulation.service.Parts;
import dev.bastion.simulation.world.FileValues;
import dev.bastion.simulation.world.Ledger;
import dev.bastion.simulation.world.People;
import dev.bastion.simulation.world.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commits by hand the model expects an alarm of. */
class OpenedByHandTest {
    private static final Conditions NEVER = new Conditions(Instant.MAX, Instant.MAX, Instant.MAX, Instant.MAX);
    private static final People.Someone JOHN = People.ALL.get(0);
    private static final People.Someone JANE = People.ALL.get(1);
    private static final String PROD = "prod";
    private static final String START = "2026-03-02T08:00:00Z";
    private static final String NINE = "2026-03-02T09:00:00Z";
    private static final String TEN = "2026-03-02T10:00:00Z";

    @TempDir
    private Path folder = Path.of("");

    private World world;
    private LedgerModel model;

    @BeforeEach
    void startAWorld() {
        world = new World(folder, 0, false);
        model = new LedgerModel(world, new Answers());
    }

    @AfterEach
    void endIt() {
        world.close();
    }

    private Optional<String> file(People.Someone holder, String start, String end) {
        return world.file(Ledger.path(PROD))
                .map(file -> FileValues.edited(file, 1, holder.slack(), holder.name(), start, end));
    }

    private String open(People.Someone holder, String start, String end) {
        return world.push("main", JANE, "by hand", Map.of(Ledger.path(PROD), file(holder, start, end)));
    }

    private List<String> expected() {
        model.check(NEVER);
        return model.openByHand().stream().map(LedgerModel.HandOpened::commit).toList();
    }

    @Test
    void aGrantThatIsShortenedIsTheAlarmOfTheCommitThatOpenedIt() {
        String opened = open(JOHN, START, TEN);
        open(JOHN, START, NINE);
        assertThat(expected()).containsExactly(opened);
        assertThat(model.openByHand().getFirst().values().expiresAt()).isEqualTo(NINE);
    }

    @Test
    void aLaterEndIsAnAlarmOfItsOwnAlsoAfterTheGrantWasShortened() {
        open(JOHN, START, TEN);
        open(JOHN, START, NINE);
        String longer = open(JOHN, START, TEN);
        assertThat(expected()).containsExactly(longer);
    }

    @Test
    void anotherHolderIsAnAlarmOfItsOwnAlsoWithAnEarlierEnd() {
        open(JOHN, START, TEN);
        String other = open(JANE, START, NINE);
        assertThat(expected()).containsExactly(other);
    }

    @Test
    void anotherStartIsAnAlarmOfItsOwnAlsoWithAnEarlierEnd() {
        open(JOHN, START, TEN);
        String other = open(JOHN, "2026-03-02T08:00:01Z", NINE);
        assertThat(expected()).containsExactly(other);
    }

    @Test
    void aGrantOfTheServiceThatIsShortenedIsNoAlarm() {
        world.pushAsService("""
            bastion(prod): open

            Bastion-Action: open
            Bastion-Request-Id: ZMFEJ6AWAAB3H3VH
            Break-Glass: yes
            """, Map.of(Ledger.path(PROD), file(JOHN, START, TEN)));
        open(JOHN, START, NINE);
        assertThat(expected()).isEmpty();
    }

    /** The history in which the model once expected a second alarm. */
    @Test
    void aForgedEntryWhoseGrantAnotherCommitShortensIsOneAlarm() {
        Set<Integer> shortest = Set.of(61, 72, 74, 77, 79);
        List<Operation> operations = Operation.of(7010, 80).stream()
                .filter(operation -> shortest.contains(operation.number()))
                .toList();
        Simulation simulation = new Simulation(folder, 0, Parts.SOUND, false);
        assertThat(simulation.playUnrested(operations).violation()).isEmpty();
    }
}
