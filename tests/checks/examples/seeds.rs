//! Writes the seeds of every target into `generator/fuzz/corpus`, where cargo-fuzz looks for them.

use restwright_checks::CHECKS;
use restwright_checks::seeds::seeds;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generator/fuzz/corpus");
    for (target, _) in CHECKS {
        let folder = corpus.join(target);
        std::fs::create_dir_all(&folder)?;
        let seeds = seeds(target)?;
        for (name, bytes) in &seeds {
            std::fs::write(folder.join(name), bytes)?;
        }
        println!("{target}: {} seeds", seeds.len());
    }
    Ok(())
}
