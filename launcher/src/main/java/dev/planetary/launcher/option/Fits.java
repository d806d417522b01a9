package dev.planetary.launcher.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Bounds of a number option; outside of them the start stops with a sentence that names them. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Fits {
    /** Least value. */
    double least();

    /** Greatest value. */
    double most();
}
