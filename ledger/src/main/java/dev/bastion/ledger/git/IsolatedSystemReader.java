package dev.bastion.ledger.git;

import java.nio.file.Path;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS.FileStoreAttributes;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * What JGit may know of the machine: next to nothing. By itself it reads the configuration of whoever runs the process,
 * writes measurements of the file system to it, and forks git to find the system's; none of that may decide what the
 * service does.
 */
final class IsolatedSystemReader extends SystemReader.Delegate {
    private static final int PACKED_BYTES_CACHED = 32 << 20;

    private IsolatedSystemReader(SystemReader system) {
        super(system);
    }

    /** Puts it in force for the whole process, once: JGit has one for all its repositories. */
    static synchronized void install() {
        SystemReader current = SystemReader.getInstance();
        if (current instanceof IsolatedSystemReader) {
            return;
        }
        SystemReader.setInstance(new IsolatedSystemReader(current));
        FileStoreAttributes.setBackground(true);
        WindowCacheConfig cache = new WindowCacheConfig();
        cache.setPackedGitLimit(PACKED_BYTES_CACHED);
        cache.install();
    }

    @Override
    public @Nullable String getenv(String variable) {
        return null;
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    private static final class EmptyConfig extends FileBasedConfig {
        private EmptyConfig(Config parent, FS fs) {
            super(parent, Path.of("no-such-file").toFile(), fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
