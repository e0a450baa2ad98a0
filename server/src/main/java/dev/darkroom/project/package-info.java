/// Projects: what is to be learnt, and the family of models that its datasets are made for.
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "failure"})
package dev.darkroom.project;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
