//! The documentation of findings: a page for each, and the list of all, in `docs/findings/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use corscope::findings::FindingId;

#[path = "../../tests/common/findings.rs"]
mod shown;

/// The pages by their names, as they are now.
pub fn pages(root: &Path) -> Result<BTreeMap<String, String>> {
    let mut pages = BTreeMap::from([("README.md".to_owned(), FindingId::index())]);
    for row in shown::shown(root) {
        let id = FindingId::parse(&row.id).with_context(|| format!("no finding is called {}", row.id))?;
        let page = id.documentation(&row.shows, &row.near_miss)?;
        let page = page.filter(|page| page.contains(&row.what));
        pages
            .insert(format!("{}.md", row.id), page.with_context(|| format!("the row of {} does not show what it says", row.id))?);
    }
    Ok(pages)
}

/// Writes them, and removes what is none of them.
pub fn write(root: &Path) -> Result<()> {
    let folder = root.join("docs/findings");
    let pages = pages(root)?;
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(&folder)? {
        let entry = entry?;
        if !pages.contains_key(&*entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path())?;
        }
    }
    for (name, page) in &pages {
        fs::write(folder.join(name), page).with_context(|| format!("cannot write {name}"))?;
    }
    println!("{} pages in docs/findings", pages.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_are_as_they_are_written() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let pages = pages(&root).unwrap();
        let entries = fs::read_dir(root.join("docs/findings")).unwrap();
        let names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        assert_eq!(names.len(), pages.len(), "cargo run -p xtask -- findings");
        assert_eq!(pages.len(), FindingId::ALL.len() + 1, "every finding has a page, and there is a list");
        for (name, page) in pages {
            let written = fs::read_to_string(root.join("docs/findings").join(&name)).unwrap_or_default();
            assert_eq!(written, page, "{name}: cargo run -p xtask -- findings");
        }
    }
}
