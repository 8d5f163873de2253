//! Values -> text: every format of a plan, of findings and of outcomes.
