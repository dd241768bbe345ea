package dev.fogline.policies;

/** What the caller confined the plan to; there is no fallback outside it. */
public sealed interface Pin {
    boolean allows(Target target);

    String describe();

    record None() implements Pin {
        @Override
        public boolean allows(Target target) {
            return true;
        }

        @Override
        public String describe() {
            return "auto";
        }
    }

    record ToTier(Tier tier) implements Pin {
        @Override
        public boolean allows(Target target) {
            return target.tier() == tier;
        }

        @Override
        public String describe() {
            return tier.label();
        }
    }

    record ToTarget(String id) implements Pin {
        @Override
        public boolean allows(Target target) {
            return target.id().equals(id);
        }

        @Override
        public String describe() {
            return id;
        }
    }
}
