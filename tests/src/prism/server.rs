//! Prism itself: installed by npm into a folder of ours, started on loopback, ended when dropped.

use std::fs::File;
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The package, in the version that the table speaks of.
pub const PACKAGE: &str = "@stoplight/prism-cli@5.14.2";

/// How long Prism may take to read a document.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running Prism.
pub struct Prism {
    child: Child,
    port: u16,
}

impl Prism {
    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program, installed into a folder if it is not there; `Err` says why it is not to be had.
///
/// # Errors
/// There is no npm, or it does not reach its registry.
pub fn install(folder: &Path) -> Result<PathBuf, String> {
    let program = folder.join("node_modules/@stoplight/prism-cli/dist/index.js");
    if program.exists() {
        return Ok(program);
    }
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let output = Command::new("npm")
        .args([
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--fetch-retries=1",
            "--fetch-timeout=20000",
            "--prefix",
        ])
        .arg(folder)
        .arg(PACKAGE)
        .output();
    match output {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err("there is no npm here".to_owned())
        }
        Err(error) => Err(error.to_string()),
        Ok(output) if output.status.success() && program.exists() => Ok(program),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            let first = said.lines().next().unwrap_or_default().to_owned();
            Err(format!("npm does not install {PACKAGE}: {first}"))
        }
    }
}

/// Starts Prism for a document and waits until it listens; what it says goes to `log`.
///
/// # Errors
/// It ends, or does not listen in two minutes.
pub fn start(program: &Path, document: &Path, log: &Path) -> Result<Prism, String> {
    let text = |error: io::Error| error.to_string();
    let port = free_port().map_err(text)?;
    let out = File::create(log).map_err(text)?;
    let child = Command::new("node")
        .arg(program)
        .args(["mock", "--errors", "--host", "127.0.0.1", "--port"])
        .arg(port.to_string())
        .arg(document)
        .stdin(Stdio::null())
        .stderr(out.try_clone().map_err(text)?)
        .stdout(out)
        .spawn()
        .map_err(text)?;
    let mut prism = Prism { child, port };
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        let said = std::fs::read_to_string(log).unwrap_or_default();
        if said.contains("Prism is listening") {
            return Ok(prism);
        }
        if prism.child.try_wait().map_err(text)?.is_some() {
            return Err(format!("Prism has ended:\n{said}"));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(format!(
        "Prism does not listen after {} seconds",
        PATIENCE.as_secs()
    ))
}

/// A port that nobody uses: the system's choice, given back.
fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
