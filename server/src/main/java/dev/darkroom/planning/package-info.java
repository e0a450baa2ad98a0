/// Plans what becomes of every entry of an archive, by the rules of the dataset's family, before
/// any image of it is read: for an upload, and for a look at what an upload would come to.
@NullMarked
@ApplicationModule(allowedDependencies = {"archive", "failure", "sidecar"})
package dev.darkroom.planning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
