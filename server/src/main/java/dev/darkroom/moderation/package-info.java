/// Judges whether a picture may be in a dataset: by a model on this machine, which knows sexual
/// content only.
@NullMarked
@ApplicationModule(allowedDependencies = {"failure", "onnx"})
package dev.darkroom.moderation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
