package dev.darkroom.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Marks a page that puts together several reads of the database: all of them see it as of one
/// moment. Otherwise a run that ends between two of them is neither going on nor over on the page,
/// which then never asks again.
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SnapshotRead {}
