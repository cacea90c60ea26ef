//! Any bytes are read as a HAR: never a panic, and the same in whichever pieces they come.
#![no_main]

use corscope::ProfileName;
use corscope::har::{HarReader, HarReport};
use libfuzzer_sys::fuzz_target;

fn read<'b>(pieces: impl Iterator<Item = &'b [u8]>) -> HarReport {
    let mut reader = HarReader::new(ProfileName::Spec);
    pieces.for_each(|piece| reader.push(piece));
    reader.finish()
}

fuzz_target!(|file: &[u8]| {
    let whole = read([file].into_iter());
    assert_eq!(read(file.chunks(7)), whole);
    if let Some(problem) = &whole.problem {
        assert!(problem.at <= file.len() as u64, "{problem:?}");
    }
    for place in whole.groups.iter().flat_map(|group| &group.exchanges).flat_map(|exchange| &exchange.places) {
        assert!(place.start < place.end && place.end <= file.len() as u64, "{place:?}");
    }
});
