package dev.darkroom.dataset;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// An image as it goes out: with links that open in a browser without a token.
public record LinkedImage(
    @JsonUnwrapped DatasetImage image, String imageUrl, String thumbnailUrl) {}
