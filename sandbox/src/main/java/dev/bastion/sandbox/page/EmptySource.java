package dev.bastion.sandbox.page;

import java.util.List;
import java.util.function.Consumer;

/** Nothing beside the channel. */
final class EmptySource implements PageSource {
    @Override
    public List<LogEntry> log() {
        return List.of();
    }

    @Override
    public List<CiRun> runs() {
        return List.of();
    }

    @Override
    public String output(String run) {
        return "";
    }

    @Override
    public List<InstanceView> instances() {
        return List.of();
    }

    @Override
    public void onChange(Consumer<Topic> listener) {
        // nothing here ever changes
    }
}
