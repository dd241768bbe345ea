package dev.fogline.policies;

import java.util.List;

/**
 * All that constraints and preferences see.
 *
 * @param applied the policy's rules that speak on this request
 */
record Question(RequestFacts facts, Situation situation, Ruling ruling, List<Rule> applied) {}
