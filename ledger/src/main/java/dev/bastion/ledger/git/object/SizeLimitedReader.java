package dev.bastion.ledger.git.object;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/** A reader of objects that opens none above a size, whatever it is, so that a tree of others cannot fill the memory. */
public final class SizeLimitedReader extends ObjectReader {
    private final ObjectReader stored;
    private final int mostBytes;

    public SizeLimitedReader(ObjectReader stored, int mostBytes) {
        this.stored = stored;
        this.mostBytes = mostBytes;
    }

    @Override
    public ObjectReader newReader() {
        return new SizeLimitedReader(stored.newReader(), mostBytes);
    }

    /** @throws BudgetExceeded when the object is larger */
    @Override
    public ObjectLoader open(AnyObjectId id, int expected) throws IOException {
        ObjectLoader loader = stored.open(id, expected);
        if (loader.getSize() > mostBytes) {
            throw new BudgetExceeded("object " + id.name() + " has more than " + mostBytes + " bytes");
        }
        return loader;
    }

    @Override
    public boolean has(AnyObjectId id, int expected) throws IOException {
        return stored.has(id, expected);
    }

    @Override
    public Collection<ObjectId> resolve(AbbreviatedObjectId id) throws IOException {
        return stored.resolve(id);
    }

    @Override
    public Set<ObjectId> getShallowCommits() throws IOException {
        return stored.getShallowCommits();
    }

    @Override
    public void close() {
        stored.close();
    }
}
