package dev.bastion.apply.terraform;

import dev.bastion.apply.run.StepFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The temporary directory of one run. It has plans, which contain values, so only its owner may read it; it is deleted
 * at the end.
 */
public final class WorkDirectory implements AutoCloseable {
    private final Path path;

    private WorkDirectory(Path path) {
        this.path = path;
    }

    public static WorkDirectory create() {
        try {
            return new WorkDirectory(Files.createTempDirectory("bastion-apply-").toRealPath());
        } catch (IOException e) {
            throw new StepFailed("cannot create a temporary directory: " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** A state that Terraform could not write to its backend. While there is one, the directory is kept. */
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
            path.toFile().deleteOnExit(); // a child process may still write there
        }
    }
}
