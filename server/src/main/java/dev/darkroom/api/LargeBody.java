package dev.darkroom.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An endpoint that takes images in its body, of up to [BodyLimit#MAX_LARGE_BYTES]; few of its
/// requests are read and answered at a time.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface LargeBody {}
