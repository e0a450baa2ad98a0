/// What all endpoints share: who calls, request ids, the shape of JSON and of every error.
@NullMarked
@ApplicationModule(allowedDependencies = {"account", "failure", "limit"})
package dev.darkroom.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
