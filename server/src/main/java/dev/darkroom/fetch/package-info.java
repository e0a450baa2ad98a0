/// Fetches what a client's URL names, or posts to it, and never at an address that is not public:
/// every connection, redirects included, goes to an address that was vetted in the same step.
@NullMarked
@ApplicationModule(allowedDependencies = {"failure"})
package dev.darkroom.fetch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
