package dev.fogline.gateway.api;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of one object's fields. Most objects have few, and a hash table for each of them costs more than comparing. */
final class FieldNames {
    private static final int FEW = 8;

    private final String[] few = new String[FEW];
    private @Nullable Set<String> many;
    private int count;

    /** False if it is there already. */
    boolean add(String name) {
        if (count >= FEW) {
            return addToMany(name);
        }
        for (int i = 0; i < count; i++) {
            if (few[i].equals(name)) {
                return false;
            }
        }
        few[count++] = name;
        return true;
    }

    private boolean addToMany(String name) {
        if (many == null) {
            many = new HashSet<>(Arrays.asList(few));
        }
        boolean added = many.add(name);
        count = many.size();
        return added;
    }

    int size() {
        return count;
    }
}
