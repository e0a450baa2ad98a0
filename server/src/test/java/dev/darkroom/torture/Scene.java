package dev.darkroom.torture;

import dev.darkroom.archive.ZipServer;

/// What a fault may strike.
///
/// @param source of the upload that the fault is about
record Scene(Cluster cluster, Outages outages, ZipServer source) {}
