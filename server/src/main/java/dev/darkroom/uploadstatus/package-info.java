/// How clients follow a bulk upload: they ask for its status again and again, wait for the next
/// one, have each sent as it comes, or have the report of what failed. However many do, an upload
/// is asked after once.
@NullMarked
@ApplicationModule(
    allowedDependencies = {"api", "bulkupload", "dataset", "failure", "failurereport", "rendering"})
package dev.darkroom.uploadstatus;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
