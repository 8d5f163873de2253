//! The published schemas are current, and every YAML file of the project obeys them.
