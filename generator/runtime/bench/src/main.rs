//! `cargo run --profile caller -p restwright-bench`: the instructions of each pair, counted by valgrind's
//! callgrind, and ten thousand calls over loopback by the clock and by the client's processor time.
//!
//! Instructions are those of the client alone: for calls, the server is another process.

use restwright_bench::{Pair, calls, leads, pairs, server};
use std::process::{Command, Stdio};

const USAGE: &str = "usage: restwright-bench [--only TEXT]";
/// How often a pair's side is done while instructions are counted: the difference between the two is
/// what the rest cost.
const TIMES: [u32; 2] = [20, 120];
const CALLS: u32 = 10_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => table(""),
        ["--only", text] => table(text),
        ["serve", leads] => serve(leads),
        ["do", index, side, times, small, large] => repeat(index, side, times, small, large),
        _ => {
            eprintln!("{USAGE}");
            std::process::exit(2);
        }
    }
}

/// All pairs in one order, whoever asks.
fn all(small: &str, large: &str) -> Vec<Pair> {
    let mut all = pairs();
    let address = |text: &str| text.parse().expect("an address of this program's own");
    all.push(calls::small(address(small)));
    all.push(calls::large(address(large)));
    all
}

fn table(only: &str) {
    let (mut one, small) = server("1");
    let (mut hundred, large) = server("100");
    println!("| instructions | hand-written | restwright | ratio |\n|---|---|---|---|");
    for (index, pair) in all(&small, &large).iter().enumerate() {
        if !pair.name.contains(only) {
            continue;
        }
        let cost = |side: &str| {
            let [few, many] = TIMES.map(|times| {
                instructions(&[&index.to_string(), side, &times.to_string(), &small, &large])
            });
            (many - few) / u64::from(TIMES[1] - TIMES[0])
        };
        let (hand, ours) = (cost("hand"), cost("ours"));
        println!(
            "| {} | {hand} | {ours} | {:.2} |",
            pair.name,
            ours as f64 / hand as f64
        );
    }
    println!("\n| seconds for {CALLS} | hand-written | restwright | ratio |\n|---|---|---|---|");
    for (index, pair) in all(&small, &large).iter().enumerate() {
        if pair.name.contains("loopback") && pair.name.contains(only) {
            by_clock(index, pair, &small, &large);
        }
    }
    for server in [&mut one, &mut hundred] {
        let _ = server.kill();
        let _ = server.wait();
    }
}

/// The best of five runs in turn, so that a busy machine is busy for both.
fn by_clock(index: usize, pair: &Pair, small: &str, large: &str) {
    let run = |side: &str| {
        let times = CALLS.to_string();
        let started = std::time::Instant::now();
        let output = own(&["do", &index.to_string(), side, &times, small, large]).output();
        let wall = started.elapsed().as_secs_f64();
        let output = output.expect("this program can be run");
        assert!(output.status.success(), "the calls are made");
        let said = String::from_utf8_lossy(&output.stdout);
        [wall, said.trim().parse().expect("it tells a time")]
    };
    let mut best = [[f64::MAX; 2]; 2];
    for _ in 0..5 {
        for (best, side) in best.iter_mut().zip(["hand", "ours"]) {
            for (best, time) in best.iter_mut().zip(run(side)) {
                *best = best.min(time);
            }
        }
    }
    let [hand, ours] = best;
    for (what, (hand, ours)) in ["wall", "processor"].iter().zip(hand.iter().zip(ours)) {
        let (name, ratio) = (&pair.name, ours / hand);
        println!("| {name}: {what} | {hand:.3} | {ours:.3} | {ratio:.2} |");
    }
}

/// The processor time that this program has taken, the kernel's for it included, in seconds.
fn processor_time() -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").expect("Linux tells it");
    let nanos = told.split(' ').next().and_then(|it| it.parse::<f64>().ok());
    nanos.expect("it is a number") / 1e9
}

fn own(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
    command.args(arguments);
    command
}

/// A server in a process of its own, and its address.
fn server(leads: &str) -> (std::process::Child, String) {
    use std::io::BufRead as _;
    let server = own(&["serve", leads]).stdout(Stdio::piped()).spawn();
    let mut server = server.expect("this program can be run");
    let mut line = String::new();
    let output = server.stdout.take().expect("it is piped");
    let read = std::io::BufReader::new(output).read_line(&mut line);
    read.expect("the server tells its address");
    (server, line.trim().to_owned())
}

fn serve(leads: &str) {
    let body = match leads {
        "1" => leads::lead(7).to_string(),
        _ => leads::page(100),
    };
    let address = server::start(body.leak()).expect("loopback can be listened on");
    println!("{address}");
    loop {
        std::thread::park();
    }
}

fn repeat(index: &str, side: &str, times: &str, small: &str, large: &str) {
    let number = |text: &str| {
        text.parse::<usize>()
            .expect("a number of this program's own")
    };
    let pair = &all(small, large)[number(index)];
    let run = if side == "hand" {
        &pair.hand
    } else {
        &pair.ours
    };
    for _ in 0..number(times) {
        run();
    }
    println!("{}", processor_time());
}

/// What callgrind counts for `do` with these arguments.
fn instructions(arguments: &[&str]) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().expect("this program has a path"))
        .arg("do")
        .args(arguments)
        .output()
        .expect("valgrind is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let count = collected.and_then(|(_, count)| count.trim().parse().ok());
    count.unwrap_or_else(|| panic!("callgrind says:\n{said}"))
}
