/// The images that come with a request: in base64, as a file of a form, or under a URL. Brings each
/// into memory outside the heap, within the node's budget, for as long as it is looked at.
@NullMarked
@ApplicationModule(allowedDependencies = {"archive", "failure", "fetch", "memory"})
package dev.darkroom.sentimage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
