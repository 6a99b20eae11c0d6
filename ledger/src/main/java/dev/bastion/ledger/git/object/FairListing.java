package dev.bastion.ledger.git.object;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * The files of a tree that has more than can be read: each directory gives an equal share of what it may read to each directory
 * in it. So a directory that explodes hides its own content and not that of its neighbours.
 */
final class FairListing {
    private final ObjectReader objects;
    private final int mostDepth;
    private final Map<String, String> files = new TreeMap<>();

    private record Directory(String path, ObjectId tree) {}

    private FairListing(ObjectReader objects, int mostDepth) {
        this.objects = objects;
        this.mostDepth = mostDepth;
    }

    /** The blobs by path. */
    static Map<String, String> of(ObjectReader objects, ObjectId tree, int most, int mostDepth) throws IOException {
        FairListing listing = new FairListing(objects, mostDepth);
        listing.read(new Directory("", tree), most, 0);
        return listing.files;
    }

    /** @return how much of its share it used */
    private int read(Directory directory, int share, int depth) throws IOException {
        List<Directory> directories = new ArrayList<>();
        int used = 0;
        CanonicalTreeParser entry = new CanonicalTreeParser();
        for (entry.reset(objects.open(directory.tree(), Constants.OBJ_TREE).getCachedBytes());
                !entry.eof() && used < share;
                entry.next(1)) {
            used++;
            String path = directory.path() + entry.getEntryPathString();
            if (DraftTree.isFile(entry.getEntryRawMode())) {
                files.put(path, entry.getEntryObjectId().name());
            } else if (FileMode.TREE.equals(entry.getEntryRawMode()) && depth < mostDepth) {
                directories.add(new Directory(path + "/", entry.getEntryObjectId()));
            }
        }
        for (int i = 0; i < directories.size(); i++) {
            int part = (share - used) / (directories.size() - i);
            if (part > 0) {
                used += read(directories.get(i), part, depth + 1);
            }
        }
        return used;
    }
}
