package dev.bastion.access.port;

import dev.bastion.access.fault.CallFailed;
import java.util.Map;

/** The anchors of a place, for a reader with rights of its own. */
public interface AnchorArchive {
    /**
     * All anchors by name. Texts are cut, so that none of any length is read.
     *
     * @throws CallFailed when the place does not answer
     */
    Map<String, String> all();
}
