package dev.bastion.ledger.verification;

import java.util.List;
import java.util.Optional;

/**
 * The anchors that a history is compared with.
 *
 * @param repository the name of the ledger that the clone is of, as far as it is known
 * @param documents one for each anchor, in any order
 */
public record AnchorSet(Optional<String> repository, List<NamedDocument> documents) {
    /**
     * The text of one anchor, whatever it is worth.
     *
     * @param name where it was found, like a file's name
     */
    public record NamedDocument(String name, String text) {}

    public AnchorSet {
        documents = List.copyOf(documents);
    }
}
