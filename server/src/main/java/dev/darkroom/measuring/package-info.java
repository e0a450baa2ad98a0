/// The local captioner: says of a picture what its pixels and its EXIF facts measure, and nothing
/// else. Every word has a definition in docs/measured-attributes.md.
@NullMarked
@ApplicationModule(allowedDependencies = {"caption", "failure"})
package dev.darkroom.measuring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
