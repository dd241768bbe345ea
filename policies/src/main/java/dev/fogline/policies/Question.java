package dev.fogline.policies;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that constraints and preferences see.
 *
 * @param applied the policy's rules that speak on this request
 * @param strictest the first of them that says what may leave, null where what holds without rules is as strict
 */
record Question(
        RequestFacts facts,
        Situation situation,
        Ruling ruling,
        List<Rule> applied,
        @Nullable Rule strictest) {}
