package dev.bastion.access.port;

import dev.bastion.access.fault.CallFailed;
import java.util.Optional;

/**
 * The place of anchors, outside the ledger's repository: what is in it, the repository's writers cannot change. An anchor is a
 * text that says what the head of the ledger's branch was at a time.
 */
public interface AnchorStore {
    /** The place for people, like {@code s3://acme-ledger-anchors}. */
    String place();

    /**
     * Adds an anchor.
     *
     * @param name sorts by time, like {@code 2026/11/27T02-31-07Z-8f4e1c0d9b7a}
     * @throws CallFailed when the place does not take it, or does not answer
     */
    void add(String name, String anchor);

    /**
     * The newest anchor; empty also where the service may write only.
     *
     * @throws CallFailed when the place does not answer
     */
    Optional<String> newest();
}
