package dev.fogline.edge;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What there is to know of one setting: the start keeps to it ({@link Settings}) and the reference page is made of it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Setting {
    /** One sentence for operators, without a full stop. */
    String meaning();

    /** What is taken, in Markdown, where the type does not say it. */
    String form() default "";

    /** What holds without it, in Markdown, where that is no single value. */
    String otherwise() default "";

    /** The smallest number that is taken. */
    int least() default Integer.MIN_VALUE;

    /** The largest number that is taken. */
    int most() default Integer.MAX_VALUE;
}
