/// What an upload sends: a file as it is, or a folder as a ZIP that is made while it is read. Both
/// give the same bytes each time, from any place on, so that a broken upload can go on; or they say
/// that what they were made of has changed.
@NullMarked
package dev.darkroom.cli.source;

import org.jspecify.annotations.NullMarked;
