package dev.darkroom.dataset;

/// What an image is told apart by: the same digest means the same file, perceptual hashes that
/// differ in few bits mean pictures that look alike.
///
/// @param sha256 in hexadecimal
public record ImageFingerprint(
    long imageId, String imageName, int ordinal, String sha256, long perceptualHash) {}
