/// Judges whether a picture may be in a dataset: by a model on this machine, which knows sexual
/// content only, or by one elsewhere.
@NullMarked
@ApplicationModule(allowedDependencies = {"failure", "onnx", "provider"})
package dev.darkroom.moderation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
