package dev.bastion.ledger.proposal.change;

import dev.bastion.layout.state.SharedState;
import dev.bastion.ledger.git.object.FileVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The environments that would keep their state where another does. */
record SharedStates(ChangeRange range) {
    /** @param changed the changed files that configure environments */
    List<String> problems(List<String> changed) {
        Stream<String> environments =
                range
                        .commits()
                        .changes(Optional.empty(), range.head(), range.layout().directory())
                        .stream()
                        .map(FileVersion::path)
                        .filter(range.layout()::isNamed)
                        .peek(_ -> range.deadline().check());
        return SharedState.causedBy(changed, range.headTree(), range.layout(), environments).stream()
                .limit(FileChangesReader.MAX_NAMED)
                .map(shared -> shared.problem().sentence())
                .map(sentence -> sentence.substring(0, sentence.length() - 1))
                .toList();
    }
}
