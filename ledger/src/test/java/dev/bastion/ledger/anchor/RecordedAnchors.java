package dev.bastion.ledger.anchor;

import dev.bastion.access.port.AnchorStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A place of anchors that the service may only write to, like a bucket. */
final class RecordedAnchors implements AnchorStore {
    final Map<String, String> all = new TreeMap<>();

    @Override
    public String place() {
        return "memory";
    }

    @Override
    public void add(String name, String anchor) {
        all.put(name, anchor);
    }

    @Override
    public Optional<String> newest() {
        return Optional.empty();
    }
}
