/// What operators do over HTTP: organizations, their quotas and their tokens.
@NullMarked
@ApplicationModule(allowedDependencies = {"account", "api", "failure"})
package dev.darkroom.admin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
