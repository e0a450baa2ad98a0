/// Organizations and the tokens that speak for them.
@NullMarked
@ApplicationModule(allowedDependencies = {"database", "failure", "secret"})
package dev.darkroom.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
