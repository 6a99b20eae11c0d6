package dev.bastion.ledger.git;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * The system information that JGit may see: almost none. By default JGit reads the user's git configuration, writes
 * file system measurements to it, and runs git to find the system's configuration. None of that may influence the
 * service.
 */
final class IsolatedSystemReader extends SystemReader.Delegate {
    private static final int PACKED_BYTES_CACHED = 32 << 20;

    /**
     * How exact the times of files are taken to be, the value that JGit uses until it has measured. The measurement writes files
     * beside the repository for three seconds, which is longer than a question about a history takes.
     */
    private static final Duration TIMESTAMP_RESOLUTION = Duration.ofSeconds(2);

    private IsolatedSystemReader(SystemReader system) {
        super(system);
    }

    /** Installs it for the whole process, once: JGit has one for all repositories. */
    static synchronized void install() {
        SystemReader current = SystemReader.getInstance();
        if (current instanceof IsolatedSystemReader) {
            return;
        }
        SystemReader.setInstance(new IsolatedSystemReader(current));
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
        public long getTimeUnit(String section, String subsection, String name, long unset, TimeUnit unit) {
            return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
                            && name.equals(ConfigConstants.CONFIG_KEY_TIMESTAMP_RESOLUTION)
                    ? unit.convert(TIMESTAMP_RESOLUTION)
                    : super.getTimeUnit(section, subsection, name, unset, unit);
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
