//! Runs a WebAssembly file of tests, as `cargo test` gives it: in Node, or in a browser where `WASM_BINDGEN_USE_BROWSER` is set.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
