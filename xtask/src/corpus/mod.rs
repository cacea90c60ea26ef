//! `npm run corpus`: replays recordings of real browsers through the engine and counts where they agree.
//!
//! ```text
//! recordings (recording) -> page and calls (scenario) -> Browser::fetch, answered by the scripted servers (server)
//!   -> what would have been seen (replay) -> compared with what was seen (compare)
//!   -> counted by theme, engine and dimension (tally), and held against the reasoned list (reasons)
//! ```
//!
//! What counts as agreement is written at the top of `compare.rs`.

mod again;
mod compare;
mod console;
mod deviations;
mod hosts;
mod reasons;
mod recording;
mod replay;
mod results;
mod scenario;
mod server;
mod tally;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use corscope::Deviation;

use again::Again;
use compare::{Dimension, Reading};
use reasons::Reason;
use recording::{Case, Seen};
use results::{Agreement, BrowserResults, DeviationResults, Results};
use tally::{Count, Engine, Tally};

const USAGE: &str = "\
usage: corpus [FILES] [--again FILE]... [--json FILE] [--engine all,chromium,firefox,webkit] [--show DIMENSION [--alone]] [--case ID]
  FILES             recordings, JSON Lines, gzip-compressed or plain; tests/corpus/*.jsonl.gz if none are given
  --json FILE       writes the rows {theme, engine, dimension, agree, total}
  --engine NAMES    which observations are compared (all of them; `all` stands for the cases on which the browsers agree)
  --again FILE      recordings of some of the same cases, each in a browser of its own: what does not disagree there in the
                    same way is not repeated, and does not count
  --left FILE       writes the ids of the cases that disagree and are not in the reasoned list, one a line, and prints nothing
  --show DIMENSION  every disagreement in this dimension
  --save            writes the figures of README.md and tests/corpus/results.json; takes minutes, so build with --release
  --alone           of these only the cases whose outcome and wire agree
  --without NAME    as if no browser had this deviation
  --case ID         one case in full: what it did, what was seen, what the engine says step by step
";

/// Whose disagreements have to be in the reasoned list.
const JUDGED: [Engine; 4] = Engine::ALL;

/// How many of the cases that disagree are printed in full.
const MOST_IN_FULL: usize = 40;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Every disagreement is in the reasoned list, and the list holds nothing else.
    AsListed,
    /// A disagreement is not in the list, or one that is in it is none.
    NotAsListed,
}

/// The command, in the repository at `root`, with the arguments after its name. Fails on what is not as the reasoned
/// list says.
pub(crate) fn main(root: &Path, arguments: &[String], out: &mut dyn Write) -> ExitCode {
    match run(root, arguments, out) {
        Ok(Verdict::AsListed) => ExitCode::SUCCESS,
        Ok(Verdict::NotAsListed) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("corpus: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(root: &Path, arguments: &[String], out: &mut dyn Write) -> Result<Verdict, CorpusError> {
    let options = Options::parse(arguments)?;
    if options.help {
        out.write_all(USAGE.as_bytes())?;
        return Ok(Verdict::AsListed);
    }
    let reasons = reasons::read(&root.join("tests/corpus/reasons.json"))?;
    let files =
        if options.files.is_empty() { own_files(root)? } else { options.files.iter().map(|file| from_caller(file)).collect() };
    let complete = if options.files.is_empty() { Complete::Yes } else { Complete::No };
    if options.save && complete == Complete::No {
        return Err(CorpusError::Usage("--save takes no files: the figures are those of every recording".into()));
    }
    let mut run = Run::new(&options, reasons);
    for file in &options.again {
        for case in recording::read(&from_caller(file))? {
            run.take_again(&case);
        }
    }
    for file in &files {
        for case in recording::read(file)? {
            run.take(&case, out)?;
        }
    }
    if let Some(path) = &options.left {
        let path = from_caller(path);
        let ids: String = run.unexplained.keys().map(|(id, _)| format!("{id}\n")).collect();
        fs::write(&path, ids).map_err(|error| CorpusError::Write { path, error })?;
        return Ok(Verdict::AsListed);
    }
    if let Some(id) = &options.case {
        return if run.shown { Ok(Verdict::AsListed) } else { Err(CorpusError::NoSuchCase(id.clone())) };
    }
    if let Some(path) = &options.json {
        let path = from_caller(path);
        let rows = run.script.with(&run.elements).rows();
        fs::write(&path, format!("{:#}\n", serde_json::to_value(rows)?)).map_err(|error| CorpusError::Write { path, error })?;
    }
    let is_judged = JUDGED.len() > 1 || options.save;
    if complete == Complete::Yes && options.engines.is_none() && options.without.is_none() && is_judged {
        run.check_results(root)?;
    }
    run.finish(complete, out)
}

/// What the command cannot do.
#[derive(Debug, thiserror::Error)]
enum CorpusError {
    /// An argument that it does not know.
    #[error("{0}\n{USAGE}")]
    Usage(String),
    /// A case that is not there.
    #[error("no case has the id {0:?}; ids are theme/label, as in the recordings")]
    NoSuchCase(String),
    /// A file of recordings.
    #[error(transparent)]
    Recording(#[from] recording::RecordingError),
    /// The reasoned list.
    #[error(transparent)]
    Reasons(#[from] reasons::ReasonsError),
    /// The file of `--json`.
    #[error("{}: {error}", path.display())]
    Write {
        /// Where it should be.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The standard output.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The rows as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// The command line.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    files: Vec<PathBuf>,
    json: Option<PathBuf>,
    engines: Option<Vec<Engine>>,
    show: Option<Dimension>,
    without: Option<Deviation>,
    save: bool,
    again: Vec<PathBuf>,
    left: Option<PathBuf>,
    case: Option<String>,
    alone: bool,
    help: bool,
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self, CorpusError> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| CorpusError::Usage(format!("{argument} needs a value")));
            match argument.as_str() {
                "--json" => options.json = Some(value()?.into()),
                "--case" => options.case = Some(value()?.clone()),
                "--engine" => options.engines = Some(engines(value()?)?),
                "--show" => {
                    let name = value()?;
                    let names = || Dimension::ALL.map(Dimension::name).join(", ");
                    options.show = Some(
                        Dimension::parse(name)
                            .ok_or_else(|| CorpusError::Usage(format!("{name:?} is no dimension; they are {}", names())))?,
                    );
                }
                "--without" => {
                    let name = value()?;
                    let found = Deviation::ALL.iter().copied().find(|deviation| deviation.name() == name);
                    options.without = Some(
                        found.ok_or_else(|| CorpusError::Usage(format!("{name:?} is no deviation; see src/deviations.rs")))?,
                    );
                }
                "--save" => options.save = true,
                "--again" => options.again.push(value()?.into()),
                "--left" => options.left = Some(value()?.into()),
                "--alone" => options.alone = true,
                "--help" | "-h" => options.help = true,
                flag if flag.starts_with('-') => return Err(CorpusError::Usage(format!("{flag} is no option"))),
                file => options.files.push(file.into()),
            }
        }
        Ok(options)
    }
}

fn engines(names: &str) -> Result<Vec<Engine>, CorpusError> {
    let engine = |name| {
        Engine::parse(name).ok_or_else(|| {
            CorpusError::Usage(format!("{name:?} is no engine; they are {}", Engine::ALL.map(Engine::name).join(", ")))
        })
    };
    names.split(',').map(engine).collect()
}

/// A path that the caller gave, relative to the caller's directory: npm runs scripts elsewhere and says where it was called.
fn from_caller(path: &Path) -> PathBuf {
    std::env::var_os("INIT_CWD").map_or_else(|| path.to_owned(), |directory| Path::new(&directory).join(path))
}

/// The recordings of the repository.
fn own_files(root: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    let entries = fs::read_dir(root.join("tests/corpus"))?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> =
        entries.into_iter().map(|entry| entry.path()).filter(|path| path.to_string_lossy().ends_with(".jsonl.gz")).collect();
    files.sort();
    Ok(files)
}

/// Whether the run sees every recording that the reasoned list was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Complete {
    Yes,
    No,
}

/// The state of a run: what was counted, and what the reasoned list did not foresee.
#[derive(Debug)]
struct Run<'a> {
    options: &'a Options,
    reasons: Vec<Reason>,
    /// Of each reason, how many cases it explained, by dimension.
    explained: Vec<BTreeMap<&'static str, usize>>,
    cases: usize,
    /// The day of the newest recording.
    newest: String,
    /// The versions in which recordings that say so were made, by the browser's name.
    versions: BTreeMap<String, BTreeSet<String>>,
    /// Cases of `fetch()` and XHR only.
    script: Tally,
    /// Cases with elements.
    elements: Tally,
    /// Disagreements that no reason explains, by case and engine.
    unexplained: BTreeMap<(String, &'static str), Vec<&'static str>>,
    /// Those among them that did not come again when the case was recorded alone.
    not_repeated: BTreeMap<(String, &'static str), Vec<&'static str>>,
    /// What the further recordings of a case disagree in.
    again: Again,
    /// The first cases that no reason explains, in full.
    in_full: String,
    /// Agreements where a reason says that there are none.
    agreeing: Vec<String>,
    /// Cases that could not be run.
    broken: Vec<String>,
    /// Of every case, by engine and dimension.
    totals: BTreeMap<(Engine, Dimension), Count>,
    /// The deviations that the recording they name has shown.
    shown_deviations: BTreeSet<Deviation>,
    /// Of each deviation and browser, how many cases it explains.
    deviations: BTreeMap<Deviation, BTreeMap<String, usize>>,
    /// What is wrong with rows of the table of deviations, or with the figures that are written down.
    untrue: Vec<String>,
    shown: bool,
}

impl<'a> Run<'a> {
    fn new(options: &'a Options, reasons: Vec<Reason>) -> Self {
        Self {
            options,
            explained: vec![BTreeMap::new(); reasons.len()],
            reasons,
            cases: 0,
            newest: corscope::profile::RECORDED_ON.into(),
            versions: BTreeMap::new(),
            script: Tally::default(),
            elements: Tally::default(),
            unexplained: BTreeMap::new(),
            not_repeated: BTreeMap::new(),
            again: Again::default(),
            in_full: String::new(),
            agreeing: Vec::new(),
            broken: Vec::new(),
            totals: BTreeMap::new(),
            shown_deviations: BTreeSet::new(),
            deviations: BTreeMap::new(),
            untrue: deviations::without_evidence(),
            shown: false,
        }
    }

    fn take(&mut self, case: &Case, out: &mut dyn Write) -> Result<(), CorpusError> {
        if self.options.case.as_ref().is_some_and(|id| *id != case.id) {
            return Ok(());
        }
        self.cases += 1;
        self.newest = case.recorded_on.clone().unwrap_or_default().max(std::mem::take(&mut self.newest));
        for (browser, version) in &case.recorded_in {
            self.versions.entry(browser.clone()).or_default().insert(version.clone());
        }
        for engine in Engine::ALL {
            let Some(seen) = seen_by(case, engine) else { continue };
            let wanted = self.options.engines.as_ref().is_none_or(|engines| engines.contains(&engine));
            let judged = self.judges(engine) && (engine != Engine::All || compare::is_script_only(case));
            if !wanted && !judged {
                continue;
            }
            let seen = &seen;
            let replay = self.replay(case, engine);
            if self.options.case.is_some() && wanted {
                self.shown = true;
                show_case(case, engine, seen, &replay, out)?;
            }
            let readings = readings(case, seen, &replay.seen);
            if judged && self.judge(case, engine, &replay, &readings) && self.unexplained.len() <= MOST_IN_FULL {
                let _ = writeln!(self.in_full, "{}", case.line);
                self.in_full += &compared(engine, &readings);
            }
            if wanted {
                self.count(case, engine, &readings, out)?;
            }
            if engine != Engine::All {
                self.weigh(case, engine, seen);
            }
        }
        Ok(())
    }

    /// Takes what a case disagrees in that was recorded again.
    fn take_again(&mut self, case: &Case) {
        for engine in Engine::ALL {
            let Some(seen) = seen_by(case, engine) else { continue };
            let replay = self.replay(case, engine);
            self.again.add(case, engine, readings(case, &seen, &replay.seen));
        }
    }

    /// Whether every disagreement with an engine has to be listed. Who gives recordings and names their engine wants to know.
    fn judges(&self, engine: Engine) -> bool {
        let is_named = self.options.engines.as_ref().is_some_and(|engines| engines.contains(&engine));
        JUDGED.contains(&engine) || (is_named && !self.options.files.is_empty())
    }

    /// Finds out which deviations this case shows: those that name it, and every one where the figures are wanted.
    fn weigh(&mut self, case: &Case, engine: Engine, seen: &Seen) {
        let named = deviations::named();
        let named = named.get(case.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let wanted = if self.options.save { Deviation::ALL } else { named };
        if wanted.is_empty() {
            return;
        }
        for deviation in deviations::explaining(wanted, case, engine, seen) {
            *self.deviations.entry(deviation).or_default().entry(engine.name().to_owned()).or_default() += 1;
            if named.contains(&deviation) {
                self.shown_deviations.insert(deviation);
            }
        }
    }

    fn replay(&mut self, case: &Case, engine: Engine) -> replay::Replay {
        let profile = self.options.without.map_or(engine.profile(), |deviation| engine.profile().without(deviation));
        replay::replay(case, profile).unwrap_or_else(|error| {
            // It counts as one that ended in nothing.
            self.broken.push(format!("{}: {error}", case.id));
            replay::Replay::default()
        })
    }

    fn count(&mut self, case: &Case, engine: Engine, readings: &[(Dimension, Reading)], out: &mut dyn Write) -> io::Result<()> {
        let is_script_only = compare::is_script_only(case);
        let disagrees = |one: Dimension| readings.iter().any(|(dimension, reading)| *dimension == one && !reading.agrees());
        let is_other = disagrees(Dimension::Outcome) || disagrees(Dimension::Wire);
        for (dimension, reading) in readings {
            self.totals.entry((engine, *dimension)).or_default().add(reading);
            if is_script_only {
                self.script.add(case.theme(), engine, *dimension, reading);
            } else {
                self.elements.add(case.theme(), engine, *dimension, reading);
            }
            let is_shown = self.options.show == Some(*dimension) && !(self.options.alone && is_other);
            if is_shown && !reading.agrees() {
                writeln!(
                    out,
                    "{} ({})\n  seen {}\n  said {}",
                    case.id,
                    engine.name(),
                    reading.seen.join("\n       "),
                    reading.said.join("\n       ")
                )?;
            }
        }
        Ok(())
    }

    /// Holds a case against the reasoned list, and says whether it disagrees beyond it.
    fn judge(&mut self, case: &Case, engine: Engine, replay: &replay::Replay, readings: &[(Dimension, Reading)]) -> bool {
        let is_for = |reason: &Reason| reason.engine == engine && reason.is_for(case, replay);
        let reasons: Vec<usize> =
            self.reasons.iter().enumerate().filter(|(_, reason)| is_for(reason)).map(|(index, _)| index).collect();
        let id = || (case.id.clone(), engine.name());
        for (dimension, reading) in readings.iter().filter(|(_, reading)| !reading.agrees()) {
            match reasons.iter().find(|index| self.reasons[**index].explains(*dimension)) {
                Some(index) => *self.explained[*index].entry(dimension.name()).or_default() += 1,
                None if !self.again.repeats(case, engine, *dimension, reading) => {
                    self.not_repeated.entry(id()).or_default().push(dimension.name());
                }
                None => self.unexplained.entry(id()).or_default().push(dimension.name()),
            }
        }
        for index in reasons {
            let reason = &self.reasons[index];
            self.agreeing.extend(
                reason
                    .agreeing(readings)
                    .map(|dimension| format!("{} agrees in {}, although {:?} is listed", case.id, dimension.name(), reason.name)),
            );
        }
        self.unexplained.contains_key(&id())
    }

    /// Writes down the figures of a run over every recording, or holds them against what is written down.
    fn check_results(&mut self, root: &Path) -> Result<(), CorpusError> {
        let path = root.join("tests/corpus/results.json");
        let readme_path = root.join("README.md");
        let table_path = root.join("tests/corpus/deviations.md");
        let readme = fs::read_to_string(&readme_path)?;
        let told = |results: &Results| {
            results::in_readme(&readme, results)
                .ok_or_else(|| CorpusError::Usage("README.md has no marks for the table of recordings".into()))
        };
        if self.options.save {
            let results = self.results(self.deviations.clone());
            let write = |path: &Path, text: String| {
                fs::write(path, text).map_err(|error| CorpusError::Write { path: path.to_owned(), error })
            };
            write(&path, format!("{:#}\n", serde_json::to_value(&results)?))?;
            write(&table_path, results::deviations(&results))?;
            return write(&readme_path, told(&results)?);
        }
        let saved: Results = serde_json::from_str(&fs::read_to_string(&path)?)?;
        let found = self.results(BTreeMap::new());
        if found.browsers != saved.browsers || found.recordings != saved.recordings || found.recorded_on != saved.recorded_on {
            self.untrue.push("tests/corpus/results.json is not what this run gives: run it with --save".into());
        }
        if fs::read_to_string(&table_path)? != results::deviations(&saved) {
            self.untrue.push("tests/corpus/deviations.md is not what src/deviations.rs says: run this with --save".into());
        }
        if told(&saved)? != readme {
            self.untrue.push("the table in README.md is not that of tests/corpus/results.json: run this with --save".into());
        }
        Ok(())
    }

    fn results(&self, deviations: BTreeMap<Deviation, BTreeMap<String, usize>>) -> Results {
        let agreement = |engine| {
            let of_engine = self.totals.iter().filter(move |((of, _), _)| *of == engine);
            of_engine.map(|((_, dimension), count)| Agreement {
                dimension: dimension.name().into(),
                agree: count.agree,
                total: count.total,
            })
        };
        let browser = |engine: Engine| BrowserResults {
            profile: engine.profile().name(),
            version: results::versions(
                engine.profile().name().version().unwrap_or_default(),
                self.versions.get(engine.name()).into_iter().flatten(),
            ),
            agreement: agreement(engine).collect(),
        };
        let deviation = |deviation: &Deviation| DeviationResults {
            name: deviation.name().into(),
            explains: deviations.get(deviation).cloned().unwrap_or_default(),
        };
        Results {
            recordings: self.cases,
            recorded_on: self.newest.clone(),
            browsers: [Engine::Chromium, Engine::Firefox, Engine::Webkit].map(browser).into(),
            deviations: Deviation::ALL.iter().map(deviation).collect(),
        }
    }

    fn finish(self, complete: Complete, out: &mut dyn Write) -> Result<Verdict, CorpusError> {
        writeln!(out, "{} cases\n\nfetch() and XHR\n{}", self.cases, self.script.table(&Dimension::ALL))?;
        if !self.elements.is_empty() {
            writeln!(out, "with elements, beacons, EventSource or import()\n{}", self.elements.table(&Dimension::ALL))?;
        }
        if complete == Complete::No {
            write!(out, "{}", self.in_full)?;
        }
        for ((id, engine), dimensions) in &self.not_repeated {
            writeln!(out, "not repeated: {id} ({engine}): {}", dimensions.join(", "))?;
        }
        if !self.options.again.is_empty() {
            writeln!(out, "not repeated: {}", self.not_repeated.len())?;
        }
        let mut wrong = String::new();
        for ((id, engine), dimensions) in &self.unexplained {
            let _ = writeln!(wrong, "not listed: {id} ({engine}): {}", dimensions.join(", "));
        }
        for line in &self.agreeing {
            let _ = writeln!(wrong, "listed: {line}");
        }
        for line in &self.untrue {
            let _ = writeln!(wrong, "not true: {line}");
        }
        if complete == Complete::Yes {
            let measured = deviations::named().into_values().flatten();
            for deviation in measured.filter(|deviation| !self.shown_deviations.contains(deviation)) {
                let _ = writeln!(wrong, "deviation {}: its recording agrees without it, or is not there", deviation.name());
            }
        }
        for line in &self.broken {
            let _ = writeln!(wrong, "not run: {line}");
        }
        for (reason, explained) in self.reasons.iter().zip(&self.explained) {
            let counts = |counts: &mut dyn Iterator<Item = (&str, usize)>| {
                counts.map(|(name, count)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
            };
            let found = counts(&mut explained.iter().map(|(name, count)| (*name, *count)));
            if !found.is_empty() {
                writeln!(out, "listed: {:?} explains {found}", reason.name)?;
            }
            // NB: of some kinds only fresh recordings have any.
            let known = reason.cases().iter().filter(|(_, count)| **count > 0);
            let listed = counts(&mut known.map(|(name, count)| (name.as_str(), *count)));
            if complete == Complete::Yes && listed != found {
                let _ = writeln!(
                    wrong,
                    "listed: {:?} should explain {listed}, and explains {}",
                    reason.name,
                    if found.is_empty() { "nothing" } else { &found }
                );
            }
        }
        if wrong.is_empty() {
            writeln!(out, "every disagreement is in the reasoned list")?;
            return Ok(Verdict::AsListed);
        }
        writeln!(out, "{wrong}not as the reasoned list says: see --show and --case, and tests/corpus/reasons.json")?;
        Ok(Verdict::NotAsListed)
    }
}

/// What an engine was seen to do and to print in a case.
fn seen_by(case: &Case, engine: Engine) -> Option<Seen> {
    let seen = match engine {
        Engine::All => None,
        Engine::Chromium => case.expect.chromium.as_ref(),
        Engine::Firefox => case.expect.firefox.as_ref(),
        Engine::Webkit => case.expect.webkit.as_ref(),
    };
    let seen = seen.or(case.expect.all.as_ref())?;
    Some(Seen { printed: console::recorded(case, engine), ..seen.clone() })
}

/// Every dimension that has something to look at in this case.
fn readings(case: &Case, seen: &Seen, said: &Seen) -> Vec<(Dimension, Reading)> {
    Dimension::ALL.into_iter().filter_map(|dimension| Some((dimension, compare::read(dimension, case, seen, said)?))).collect()
}

fn show_case(case: &Case, engine: Engine, seen: &Seen, replay: &replay::Replay, out: &mut dyn Write) -> Result<(), CorpusError> {
    writeln!(out, "{}\npage {} {:?}\nsteps {:#?}\nserver {:#?}", case.id, case.page, case.ctx, case.steps, case.server)?;
    writeln!(out, "seen by {}: {seen:#?}\nsaid: {:#?}", engine.name(), replay.seen)?;
    for report in &replay.reports {
        writeln!(out, "report: {:#}", serde_json::to_value(report)?)?;
    }
    write!(out, "{}", compared(engine, &readings(case, seen, &replay.seen)))?;
    Ok(())
}

/// Both sides of every dimension in which they differ, and the names of the others.
fn compared(engine: Engine, readings: &[(Dimension, Reading)]) -> String {
    let mut text = String::new();
    for (dimension, reading) in readings {
        let verdict = if reading.agrees() { "agrees" } else { "DIFFERS" };
        let _ = writeln!(text, "{:<9} {:<13} {verdict}", engine.name(), dimension.name());
        if !reading.agrees() {
            let side = |lines: &[String]| lines.join("\n       ");
            let _ = writeln!(text, "  seen {}\n  said {}", side(&reading.seen), side(&reading.said));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_command_line_is_read() {
        let options = Options::parse(&arguments(
            "a.jsonl b.gz --again c.gz --json out --left ids --engine chromium,webkit --again d.gz --show acrh --case x/y",
        ))
        .unwrap();
        let expected = Options {
            files: vec!["a.jsonl".into(), "b.gz".into()],
            json: Some("out".into()),
            engines: Some(vec![Engine::Chromium, Engine::Webkit]),
            show: Some(Dimension::Acrh),
            without: None,
            save: false,
            again: vec!["c.gz".into(), "d.gz".into()],
            left: Some("ids".into()),
            case: Some("x/y".into()),
            alone: false,
            help: false,
        };
        assert_eq!(options, expected);
        for (line, says) in [
            ("--json", "needs a value"),
            ("a --again", "needs a value"),
            ("--engine opera", "is no engine"),
            ("--show body", "is no dimension"),
            ("--fast", "is no option"),
        ] {
            let message = Options::parse(&arguments(line)).unwrap_err().to_string();
            assert!(message.contains(says) && message.contains("usage:"), "{line}: {message}");
        }
    }

    /// Runs a recording of one GET from `{{A}}` to `{{B}}` with a header, and gives the verdict, the print and the rows.
    fn run_one(header: &str, preflight: &str, seen: serde_json::Value) -> (Verdict, String, serde_json::Value) {
        let case = serde_json::json!({
            "id": "own/case",
            "steps": [{ "url": "{{B}}/{{ID}}/m", "init": { "headers": [[header, "1"]] } }],
            "server": { "m": { "main": { "h": [["Access-Control-Allow-Origin", "*"]] },
                "pf": { "h": [["Access-Control-Allow-Origin", "*"], ["Access-Control-Allow-Headers", preflight]] } } },
            "expect": { "all": seen },
        });
        let directory = std::env::temp_dir().join(format!("corscope-corpus-{}-{header}-{}", std::process::id(), preflight.len()));
        fs::create_dir_all(&directory).unwrap();
        let file = |name: &str| directory.join(name).display().to_string();
        fs::write(file("own.jsonl"), case.to_string()).unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().find(|root| root.join("tests/corpus").is_dir()).unwrap();
        let mut out = Vec::new();
        let verdict =
            run(root, &[file("own.jsonl"), "--json".into(), file("rows.json"), "--engine".into(), "all".into()], &mut out)
                .unwrap();
        let rows = serde_json::from_slice(&fs::read(file("rows.json")).unwrap()).unwrap();
        fs::remove_dir_all(&directory).unwrap();
        (verdict, String::from_utf8(out).unwrap(), rows)
    }

    /// What a browser is seen to do that sends these requests.
    fn seen(header: &str, out: &str, err: Option<&str>, requests: &[&str]) -> serde_json::Value {
        let name = header.to_ascii_lowercase();
        let request = |method: &&str| {
            let is_preflight = *method == "OPTIONS";
            let own = if is_preflight { ["access-control-request-headers", name.as_str()] } else { [name.as_str(), "1"] };
            let headers = serde_json::json!([own, ["access-control-request-method", "GET"], ["origin", "{{A}}"]]);
            serde_json::json!({ "step": 0, "to": "B", "method": method, "path": "/{{ID}}/m", "preflight": is_preflight, "headers": headers })
        };
        serde_json::json!({ "steps": [{ "out": out, "err": err }], "wire": requests.iter().map(request).collect::<Vec<_>>() })
    }

    #[test]
    fn the_verdict_is_what_the_list_says() {
        let failed = |header| seen(header, "rejected", Some("TypeError"), &["OPTIONS"]);
        let passed = |header| seen(header, "resolved", None, &["OPTIONS", "GET"]);
        for (header, preflight, seen, verdict, says, agree) in [
            ("X-A", "x-b", failed("X-A"), Verdict::AsListed, "1 cases", 1),
            ("X-A", "x-b", passed("X-A"), Verdict::NotAsListed, "not listed: own/case (all): outcome, wire\n", 0),
            (
                "Authorization",
                "*",
                passed("Authorization"),
                Verdict::AsListed,
                "\"Authorization under *\" explains 1 outcome, 1 wire",
                0,
            ),
            (
                "Authorization",
                "*",
                failed("Authorization"),
                Verdict::NotAsListed,
                "own/case agrees in wire, although \"Authorization under *\" is listed",
                1,
            ),
        ] {
            let (found, out, rows) = run_one(header, preflight, seen);
            assert_eq!(found, verdict, "{out}");
            assert!(out.contains(says), "{out}");
            let row = serde_json::json!({ "theme": "own", "engine": "all", "dimension": "wire", "agree": agree, "total": 1 });
            assert!(rows.as_array().unwrap().contains(&row), "{rows}");
        }
    }
}
