package dev.fogline.policies.file;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What there is to know of one key of a file, on the component of the record that the file is read into: the reader keeps
 * to it ({@link StrictYaml}) and the reference page is made of it ({@link KeyDescription}), so that the two cannot differ.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /** One sentence for operators, without a full stop. */
    String meaning();

    /** Whether a file without it is refused. */
    boolean required() default false;

    /** The smallest number that is taken. */
    double least() default Double.NEGATIVE_INFINITY;

    /** The largest number that is taken. */
    double most() default Double.POSITIVE_INFINITY;

    /** What is taken, in Markdown, where the type does not say it. */
    String form() default "";

    /** The value without it, as it would be written in the file. */
    String normally() default "";

    /** What holds without it, in Markdown, where that is no single value. */
    String otherwise() default "";

    /** The variable that comes before the file. */
    String variable() default "";
}
