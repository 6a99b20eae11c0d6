package dev.bastion.ledger.git.remote;

import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.ReadBudget;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.Transport;

/** A connection to which the remote has listed its refs, before it is known what will be pushed. */
final class OpenPush implements AutoCloseable {
    private final Repository local;
    private final PushObjects objects;
    private final RepositoryView view;
    private final Transport transport;
    private final PushConnection connection;

    private OpenPush(
            Repository local,
            PushObjects objects,
            RepositoryView view,
            Transport transport,
            PushConnection connection) {
        this.local = local;
        this.objects = objects;
        this.view = view;
        this.transport = transport;
        this.connection = connection;
    }

    static OpenPush of(Repository local, ReadBudget budget, Transports transports) throws IOException {
        PushObjects objects = new PushObjects(local.getObjectDatabase(), budget);
        RepositoryView view = new RepositoryView(local, objects);
        Transport transport = transports.open(view);
        try {
            return new OpenPush(local, objects, view, transport, transport.openPush());
        } catch (IOException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    /** Whether it is of this clone, and the remote listed the ref with this commit. */
    boolean has(Repository clone, String ref, ObjectId commit) {
        return local.equals(clone) && commit.equals(id(ref));
    }

    /** What the remote listed a ref with; zero for a ref that it does not have. */
    ObjectId id(String ref) {
        return id(connection, ref);
    }

    static ObjectId id(PushConnection connection, String name) {
        Ref ref = connection.getRef(name);
        ObjectId id = ref == null ? null : ref.getObjectId();
        return id == null ? ObjectId.zeroId() : id;
    }

    /** The clone with the objects of a draft. */
    Repository view(CommitDraft draft) {
        objects.show(draft);
        return view;
    }

    PushConnection connection() {
        return connection;
    }

    @Override
    public void close() {
        connection.close();
        transport.close();
    }
}
