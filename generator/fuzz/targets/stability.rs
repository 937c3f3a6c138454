#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| restwright_checks::generator::stability(data));
