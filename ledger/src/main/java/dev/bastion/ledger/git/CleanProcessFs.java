package dev.bastion.ledger.git;

import java.util.Set;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;

/**
 * A file system whose child processes have few variables of this process: a local remote is reached by
 * {@code git-receive-pack}, which runs the remote's hooks, and the tokens among the service's variables are not theirs.
 */
final class CleanProcessFs extends FS_POSIX {
    private static final Set<String> NEEDED =
            Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    /** One for all clones, as JGit's own is: each instance starts processes to find out the umask and git's configuration. */
    static final CleanProcessFs SHARED = new CleanProcessFs();

    private CleanProcessFs() {}

    private CleanProcessFs(FS other) {
        super(other);
    }

    @Override
    public FS newInstance() {
        return new CleanProcessFs(this);
    }

    @Override
    public ProcessBuilder runInShell(String command, String[] arguments) {
        ProcessBuilder process = super.runInShell(command, arguments);
        process.environment().keySet().retainAll(NEEDED);
        return process;
    }
}
