//! The service as its callers see it: operations go in as JSON, replies come out.

#[cfg(test)]
mod access;
#[cfg(test)]
mod acts;
#[cfg(test)]
mod aliases;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod ciphertexts;
#[cfg(test)]
mod coverage;
#[cfg(test)]
mod grants;
#[cfg(test)]
mod grants_rules;
#[cfg(test)]
mod histories;
#[cfg(test)]
mod identities;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod key_specs;
#[cfg(test)]
mod key_stores;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod managed;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod multi_region;
#[cfg(test)]
mod permissions;
#[cfg(test)]
mod policies;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod rotation;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod sequences;
#[cfg(test)]
mod signing;
#[cfg(test)]
mod states;
#[cfg(test)]
mod store;
#[cfg(test)]
mod tags;
#[cfg(test)]
mod trace;
#[cfg(test)]
mod usage;
#[cfg(test)]
mod world;
