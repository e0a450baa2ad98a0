/// What an upload could not take, for the people who can do something about it: by reason with what
/// to do, image by image with a thumbnail where one is kept, and as a table for a spreadsheet.
@NullMarked
@ApplicationModule(
    allowedDependencies = {"api", "bulkupload", "dataset", "failure", "rendering", "storage"})
package dev.darkroom.failurereport;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
