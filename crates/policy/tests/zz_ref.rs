#[test]
fn write() {
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/pack-reference.md"), policy::reference::pack_reference()).unwrap();
}
