package dev.bastion.ledger.git;

import java.io.File;
import java.util.List;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/**
 * Pushing to a path on this machine, JGit receives the push itself and runs no hooks. Where the repository there has hooks
 * that may have something to say, git itself has to receive it.
 */
final class LocalHooks {
    private static final List<String> ASKED = List.of("pre-receive", "update", "post-receive", "post-update");

    private LocalHooks() {}

    static void respect(Transport transport) {
        URIish uri = transport.getURI();
        boolean local = uri.getHost() == null && (uri.getScheme() == null || "file".equals(uri.getScheme()));
        if (local && ASKED.stream().anyMatch(hook -> isThere(uri, hook))) {
            transport.setOptionReceivePack("exec git-receive-pack");
        }
    }

    private static boolean isThere(URIish uri, String hook) {
        File bare = new File(uri.getPath(), "hooks/" + hook);
        File withWorkTree = new File(uri.getPath(), ".git/hooks/" + hook);
        return bare.canExecute() || withWorkTree.canExecute();
    }
}
