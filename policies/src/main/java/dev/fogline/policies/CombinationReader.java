package dev.fogline.policies;

import dev.fogline.policies.PolicyFile.CombinationEntry;
import dev.fogline.policies.file.Located;
import dev.fogline.policies.privacy.FindingKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What several findings say together in a policy: {@code privacy.combinations}. */
final class CombinationReader {
    private static final int MOST = 32;
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

    private final PolicyWarnings warnings;

    CombinationReader(PolicyWarnings warnings) {
        this.warnings = warnings;
    }

    /** The usual ones and those of the policy. */
    List<Combination> combinations(@Nullable List<CombinationEntry> entries) {
        var byId = new LinkedHashMap<String, Combination>();
        Combination.STANDARD.forEach(usual -> byId.put(usual.id(), usual));
        for (CombinationEntry entry : entries == null ? List.<CombinationEntry>of() : entries) {
            Combination read = read(entry);
            if (byId.size() == MOST) {
                throw entry.id()
                        .wrong("'privacy.combinations' has more than " + MOST + " entries, the usual among them");
            }
            Combination usual = byId.put(read.id(), read);
            if (usual != null && !covers(read, usual)) {
                warnings.at(entry.id(), "privacy.combinations loosens the usual '" + read.id() + "'");
            }
        }
        return new ArrayList<>(byId.values());
    }

    /** Of one file: one that it extends may say the same id. */
    static void refuseTwins(@Nullable List<CombinationEntry> entries) {
        var ids = new HashSet<String>();
        for (CombinationEntry entry : entries == null ? List.<CombinationEntry>of() : entries) {
            if (!ids.add(entry.id().value())) {
                throw entry.id()
                        .wrong("'privacy.combinations' has '" + entry.id().value() + "' twice; ids are unique");
            }
        }
    }

    /** Whether whatever holds the other holds this one, and is as private. */
    private static boolean covers(Combination one, Combination other) {
        return one.of().containsAll(other.of())
                && one.kinds() <= other.kinds()
                && one.values() <= other.values()
                && one.level().compareTo(other.level()) >= 0;
    }

    private static Combination read(CombinationEntry entry) {
        Located<String> id = entry.id();
        if (!ID.matcher(id.value()).matches()) {
            throw id.wrong("the key 'privacy.combinations[].id' must be up to 64 of a-z, 0-9 and -");
        }
        Set<FindingKind> of = entry.of() == null ? Combination.USUAL : kinds(entry.of());
        int kinds = entry.kinds() == null ? 1 : entry.kinds();
        int values = entry.values() == null ? kinds : entry.values();
        if (of.isEmpty() || kinds > of.size()) {
            throw id.wrong("'" + id.value() + "' of 'privacy.combinations' never holds: it wants " + kinds
                    + " kinds of " + of.size());
        }
        return new Combination(id.value(), of, kinds, values, entry.level().value());
    }

    private static Set<FindingKind> kinds(List<Located<FindingKind>> listed) {
        var kinds = EnumSet.noneOf(FindingKind.class);
        for (Located<FindingKind> kind : listed) {
            if (!kinds.add(kind.value())) {
                throw kind.wrong("the key 'privacy.combinations[].of' lists '"
                        + kind.value().id() + "' twice");
            }
        }
        return kinds;
    }
}
