//! The primitives against known answers: Wycheproof wherever it has some, else the standards' own examples.

#[cfg(test)]
mod curves;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod post_quantum;
#[cfg(test)]
mod rsa;
#[cfg(test)]
mod sm2;
#[cfg(test)]
mod support;
#[cfg(test)]
mod symmetric;
#[cfg(test)]
mod wrapping;
