package dev.fogline.edge.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One place that a model's file may come from. */
interface Source {
    /** For people: the place, without secrets. */
    String title();

    /** The plain name that the file gets. */
    String file();

    /** What the model's record says of its origin. */
    String origin();

    /** Absent where nobody has said it. */
    @Nullable
    String licence();

    /** Brings the file into the folder under a name that is not yet a model's, and checks it. */
    Attempt<Verified> fetch(Path folder);
}
