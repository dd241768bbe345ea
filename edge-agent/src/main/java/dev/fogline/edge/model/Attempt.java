package dev.fogline.edge.model;

import java.util.function.Function;

/** What came of something that may well fail: a value, or the cause in a few words for a person to read. */
sealed interface Attempt<T> {

    record Done<T>(T value) implements Attempt<T> {}

    record Failed<T>(String cause) implements Attempt<T> {
        /** The same failure where another value was expected. */
        <U> Attempt<U> as() {
            return new Failed<>(cause);
        }
    }

    static <T> Attempt<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Attempt<T> failed(String cause) {
        return new Failed<>(cause);
    }

    default <U> Attempt<U> then(Function<T, Attempt<U>> next) {
        return switch (this) {
            case Done<T> done -> next.apply(done.value());
            case Failed<T> failed -> failed.as();
        };
    }
}
