package dev.bastion.apply.terraform;

import dev.bastion.apply.run.StepFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory for one run: it holds plans, which hold values, so only we may read it, and it goes when the run ends. */
public final class WorkDirectory implements AutoCloseable {
    private final Path path;

    private WorkDirectory(Path path) {
        this.path = path;
    }

    public static WorkDirectory create() {
        try {
            return new WorkDirectory(Files.createTempDirectory("bastion-apply-").toRealPath());
        } catch (IOException e) {
            throw new StepFailed("cannot make a directory for temporary files: " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** A state that Terraform could not write to its backend. Where there is one, the directory stays. */
    public Optional<Path> unsavedState() {
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(file -> file.endsWith("errored.tfstate")).findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (unsavedState().isEmpty()) {
            delete();
        }
    }

    private void delete() {
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        } catch (IOException e) {
            path.toFile().deleteOnExit(); // a program of ours may still be writing; nothing depends on it
        }
    }
}
