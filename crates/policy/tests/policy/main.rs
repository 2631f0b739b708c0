//! Policies as they are written, and what is decided by them.

#[cfg(test)]
mod form;
#[cfg(test)]
mod metamorphic;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod scene;
