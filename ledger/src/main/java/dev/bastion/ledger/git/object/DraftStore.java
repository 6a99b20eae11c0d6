package dev.bastion.ledger.git.object;

import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;

/** The storage of pushed objects in the clone, which saves fetching them. */
public final class DraftStore {
    private DraftStore() {}

    public static void store(Repository repository, List<DraftObject> objects, boolean asOnePack) throws IOException {
        try (ObjectInserter inserter = inserter(repository, asOnePack)) {
            for (DraftObject object : objects) {
                inserter.insert(object.type(), object.bytes());
            }
            inserter.flush();
        }
    }

    private static ObjectInserter inserter(Repository repository, boolean asOnePack) {
        return asOnePack && repository.getObjectDatabase() instanceof ObjectDirectory directory
                ? directory.newPackInserter()
                : repository.newObjectInserter();
    }
}
