//! What the YAML may say: one struct a kind of document, whose doc comments become the published schema.
