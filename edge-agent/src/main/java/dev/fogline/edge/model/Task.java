package dev.fogline.edge.model;

import java.util.List;
import java.util.Optional;

/**
 * One model to have: under which name, from where, and when one that is there already will do.
 *
 * @param reference what a person wrote to get it, kept in the record
 * @param onlySum where it is set, a model that is there must have this sum to be the one meant
 */
record Task(ModelName name, String reference, List<Source> sources, Optional<String> onlySum) {

    boolean fits(StoredModel there) {
        return onlySum.isEmpty() || onlySum.get().equals(there.sha256());
    }
}
