package dev.fogline.gateway;

import dev.fogline.gateway.admin.PolicyResource;
import dev.fogline.gateway.admin.PolicyResource.NotSavedException;
import dev.fogline.gateway.admin.PolicyResource.PolicyView;
import dev.fogline.gateway.admin.PolicyResource.RevisionView;
import dev.fogline.gateway.policy.PolicyRevisions;
import dev.fogline.gateway.policy.Revision;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The gateway's policy as operators see and change it. */
final class PolicyAdministration implements PolicyResource.Policies {
    private final PolicyRevisions revisions;
    private final Supplier<Optional<String>> failure;

    /** @param failure why the policy file as it is now is not in force, if it cannot be */
    PolicyAdministration(PolicyRevisions revisions, Supplier<Optional<String>> failure) {
        this.revisions = revisions;
        this.failure = failure;
    }

    @Override
    public PolicyView inForce() {
        return view(revisions.current());
    }

    private PolicyView view(Revision now) {
        return new PolicyView(
                now.id(),
                now.policy().name(),
                now.source(),
                now.since(),
                revisions.saved(now),
                failure.get().orElse(null),
                now.policy().warnings(),
                now.document(),
                now.policy().effective());
    }

    @Override
    public List<RevisionView> revisions() {
        String inForce = revisions.current().id();
        return revisions.kept().stream()
                .map(kept -> new RevisionView(
                        kept.id(),
                        kept.policy().name(),
                        kept.source(),
                        kept.since(),
                        kept.id().equals(inForce)))
                .toList();
    }

    @Override
    public PolicyView put(String text, boolean save) throws NotSavedException {
        try {
            return view(revisions.put(text, save));
        } catch (PolicyRevisions.NotSavedException e) {
            throw new NotSavedException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<PolicyView> rollback(String revision, boolean save) throws NotSavedException {
        try {
            return revisions.rollback(revision, save).map(this::view);
        } catch (PolicyRevisions.NotSavedException e) {
            throw new NotSavedException(String.valueOf(e.getMessage()));
        }
    }
}
