/// How clients follow a bulk upload: they ask for its status again and again, wait for the next
/// one, or have each sent as it comes; and the report of what failed, for a spreadsheet. However
/// many do, an upload is asked after once.
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "bulkupload", "dataset", "failure", "rendering"})
package dev.darkroom.uploadstatus;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
