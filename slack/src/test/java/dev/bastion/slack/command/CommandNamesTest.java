package dev.bastion.slack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Reason;
import dev.bastion.slack.message.RequestDraft;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The environment of a command is found by what the person typed, whichever command it is. */
class CommandNamesTest {
    private static final EnvironmentName TYPED = new EnvironmentName("ORD");
    private static final EnvironmentName NAME = new EnvironmentName("Orders_DB.v2");

    private static Stream<List<Command.Answered>> commands() {
        return Stream.of(
                List.of(create(TYPED), create(NAME)),
                List.of(new Command.Status(Optional.of(TYPED)), new Command.Status(Optional.of(NAME))),
                List.of(new Command.Extend(TYPED, Optional.empty()), new Command.Extend(NAME, Optional.empty())),
                List.of(new Command.Destroy(TYPED), new Command.Destroy(NAME)),
                List.of(new Command.Connect(TYPED), new Command.Connect(NAME)),
                List.of(new Command.History(TYPED), new Command.History(NAME)),
                List.of(new Command.Doctor(TYPED), new Command.Doctor(NAME)),
                List.of(new Command.Status(Optional.empty()), new Command.Status(Optional.empty())),
                List.of(new Command.Help(), new Command.Help()),
                List.of(new Command.InvalidEnvironment("ORD"), new Command.InvalidEnvironment("ORD")));
    }

    private static Command.Create create(EnvironmentName name) {
        return new Command.Create(name, Optional.empty(), Reason.NONE, true, Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theNameReplacesWhatWasTyped(List<Command.Answered> commands) {
        assertThat(commands.getFirst().named(_ -> NAME)).isEqualTo(commands.getLast());
    }

    @Test
    void theModalShowsTheNameToo() {
        RequestDraft typed = new RequestDraft(TYPED, Optional.empty(), "why", true, List.of("when?"));
        assertThat(typed.named(_ -> NAME))
                .isEqualTo(new RequestDraft(NAME, Optional.empty(), "why", true, List.of("when?")));
    }
}
