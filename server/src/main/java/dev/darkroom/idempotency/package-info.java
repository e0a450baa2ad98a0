/// `Idempotency-Key`: a request that is sent again is answered as it was the first time, and
/// nothing is done twice.
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "failure", "secret"})
package dev.darkroom.idempotency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
