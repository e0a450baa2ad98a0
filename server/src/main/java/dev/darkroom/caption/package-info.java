/// What a caption is, and what writes one: the structured caption of a FIBO dataset and its schema,
/// the visual schema that a dataset's captions share, and the interface of captioners. Rules only;
/// no I/O.
@NullMarked
@ApplicationModule(allowedDependencies = {"failure"})
package dev.darkroom.caption;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
