//! What fuzzing has kept, and neighbours of it: each file as it is, cut at every power of two, and with bytes changed.

use std::{fs, path::Path};

use waxseal_fuzz::TARGETS;

/// So many changed copies of each file.
const COPIES: usize = 24;

#[test]
fn everything_kept_ends_in_a_result_or_an_error() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for (name, target) in TARGETS {
        let files = fs::read_dir(corpus.join(name)).unwrap_or_else(|error| panic!("corpus/{name}: {error}"));
        let mut ran = 0;
        for file in files {
            let bytes = fs::read(file.unwrap().path()).unwrap();
            neighbours(&bytes).for_each(|neighbour| target(&neighbour));
            ran += 1;
        }
        assert!(ran >= 5, "corpus/{name} has only {ran} files");
    }
}

fn neighbours(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let cuts = (0..16).map(|power| bytes[..bytes.len().min((1 << power) - 1)].to_vec());
    let changed = (0..COPIES).map(|n| {
        let mut copy = bytes.to_vec();
        let position = n * 0x9e37 % copy.len().max(1);
        if let Some(byte) = copy.get_mut(position) {
            *byte ^= 1 << (n % 8);
        }
        copy
    });
    std::iter::once(bytes.to_vec()).chain(cuts).chain(changed)
}
