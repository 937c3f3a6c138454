//! Every check over its seeds, so that the targets in `generator/fuzz` are compiled and true.

use restwright_checks::{CHECKS, seeds::seeds};

#[test]
fn every_check_holds_for_its_seeds() {
    for (name, check) in CHECKS {
        let seeds = seeds(name).expect("the cases can be read");
        assert!(seeds.len() >= 20, "{name} has {} seeds", seeds.len());
        for (seed, bytes) in seeds {
            println!("{name}: {seed}");
            check(&bytes);
        }
    }
}
