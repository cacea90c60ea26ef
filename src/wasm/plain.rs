//! Plain data on its way from JavaScript into the boundary types, strictly: what is not known is refused, and an error
//! names its place.
//!
//! NB: what serde derives for these types passes over members that it does not know, so a misspelt one would silently count as
//! absent; its errors name no place; and it weighs more than the engine itself.

use std::sync::Arc;

use crate::http::header_list::{Header, HeaderList};
use crate::infra::bytes::ByteString;

/// A value without behaviour, as JSON knows them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Plain<'a> {
    Null,
    Boolean(bool),
    Number(f64),
    Text(&'a str),
    List(Vec<Plain<'a>>),
    /// A list of pairs of strings. OPTIMIZATION: most of what comes in are headers.
    Pairs(Vec<(&'a str, &'a str)>),
    /// The members in order, without those that are null or undefined: these count as absent.
    Object(Vec<(&'a str, Plain<'a>)>),
}

/// Plain data that is not what was wanted. In a box: what is read for each member is the smaller for it.
#[derive(Debug, PartialEq)]
pub(super) struct Misfit(Box<Misfitting>);

#[derive(Debug, PartialEq)]
struct Misfitting {
    place: String,
    message: String,
}

/// What plain data can stand for.
pub(super) trait Shape<'a>: Sized {
    /// What a person calls it.
    const WANTED: &'static str;

    /// The value that `plain` stands for.
    fn read(plain: Plain<'a>) -> Result<Self, Misfit>;

    /// The value that the list of these two strings stands for.
    fn of_pair(name: &'a str, value: &'a str) -> Result<Self, Misfit> {
        Self::read(Plain::List(vec![Plain::Text(name), Plain::Text(value)]))
    }
}

/// The members of an object, taken one by one.
pub(super) struct Members<'a> {
    left: Vec<(&'a str, Plain<'a>)>,
    known: Vec<&'static str>,
}

impl Misfit {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Misfitting { place: String::new(), message: message.into() }))
    }

    /// Where: each step down starts with a `.` or a `[`; empty for the value itself.
    pub(super) fn place(&self) -> &str {
        &self.0.place
    }

    /// What is wrong with it, and what was wanted.
    pub(super) fn message(&self) -> &str {
        &self.0.message
    }

    #[cold]
    pub(super) fn member(self, name: &str) -> Self {
        self.below(format!(".{name}"))
    }

    #[cold]
    pub(super) fn item(self, index: usize) -> Self {
        self.below(format!("[{index}]"))
    }

    fn below(mut self, step: String) -> Self {
        self.0.place.insert_str(0, &step);
        self
    }
}

impl<'a> Plain<'a> {
    /// Reads an object whose members are those that `read` takes, and no others.
    pub(super) fn object<T: Shape<'a>>(self, read: impl FnOnce(&mut Members<'a>) -> Result<T, Misfit>) -> Result<T, Misfit> {
        let mut members = match self {
            Self::Object(left) => Members { left, known: Vec::new() },
            other => return Err(other.instead_of(T::WANTED)),
        };
        let shape = read(&mut members)?;
        members.end()?;
        Ok(shape)
    }

    /// The one of `words` that this is.
    pub(super) fn word<T: Copy>(self, words: &[(&str, T)]) -> Result<T, Misfit> {
        let Self::Text(found) = &self else { return Err(self.instead_of("a word")) };
        let word = words.iter().find(|(word, _)| word == found);
        word.map(|(_, value)| *value).ok_or_else(|| no_word(found, words.iter().map(|(word, _)| *word)))
    }

    fn instead_of(&self, wanted: &str) -> Misfit {
        let found = match self {
            Self::Null => "nothing",
            Self::Boolean(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) | Self::Pairs(_) => "a list",
            Self::Object(_) => "an object",
        };
        Misfit::new(format!("{found} stands here; write {wanted}"))
    }

    fn whole_number(self, limit: u64) -> Result<u64, Misfit> {
        /// 2^53: below it every whole number has a double of its own.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Number(number) if number.trunc() == number && (0.0..EXACT).contains(&number) && number as u64 <= limit => {
                Ok(number as u64)
            }
            Self::Number(_) => Err(Misfit::new(format!("this is not a whole number from 0 to {}", limit.min(EXACT as u64 - 1)))),
            other => Err(other.instead_of("a whole number")),
        }
    }
}

impl<'a> Members<'a> {
    /// The member `name`, which must be there.
    pub(super) fn required<T: Shape<'a>>(&mut self, name: &'static str) -> Result<T, Misfit> {
        let missing = || Misfit::new(format!("this is missing; write {}", T::WANTED)).member(name);
        self.optional(name)?.ok_or_else(missing)
    }

    /// The member `name`, if it is there.
    pub(super) fn optional<T: Shape<'a>>(&mut self, name: &'static str) -> Result<Option<T>, Misfit> {
        self.take(name).map(|plain| T::read(plain).map_err(|misfit| misfit.member(name))).transpose()
    }

    /// The member `name`, or the default of its type.
    pub(super) fn or_default<T: Shape<'a> + Default>(&mut self, name: &'static str) -> Result<T, Misfit> {
        Ok(self.optional(name)?.unwrap_or_default())
    }

    /// The member `name`, which is one of `words` and says which other members there are.
    pub(super) fn tag<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Result<T, Misfit> {
        let missing = || no_word("", words.iter().map(|(word, _)| *word));
        let tag = self.take(name).map_or_else(|| Err(missing()), |plain| plain.word(words));
        tag.map_err(|misfit| misfit.member(name))
    }

    fn take(&mut self, name: &'static str) -> Option<Plain<'a>> {
        self.known.push(name);
        let index = self.left.iter().position(|(left, _)| *left == name)?;
        Some(self.left.swap_remove(index).1)
    }

    fn end(self) -> Result<(), Misfit> {
        match self.left.first() {
            None => Ok(()),
            Some((name, _)) => {
                Err(Misfit::new(format!("nothing of this name is read; known are {}", self.known.join(", "))).member(name))
            }
        }
    }
}

/// `found` is none of `words`.
pub(super) fn no_word<'a>(found: &str, words: impl Iterator<Item = &'a str>) -> Misfit {
    let words = words.map(|word| format!("{word:?}")).collect::<Vec<_>>().join(", ");
    match found {
        "" => Misfit::new(format!("write one of {words}")),
        _ => Misfit::new(format!("{found:?} is none of {words}")),
    }
}

impl<'a> Shape<'a> for bool {
    const WANTED: &'static str = "true or false";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        match plain {
            Plain::Boolean(value) => Ok(value),
            other => Err(other.instead_of(Self::WANTED)),
        }
    }
}

impl<'a> Shape<'a> for f64 {
    const WANTED: &'static str = "a number";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        match plain {
            Plain::Number(value) => Ok(value),
            other => Err(other.instead_of(Self::WANTED)),
        }
    }
}

macro_rules! whole_numbers {
    ($($type:ty)+) => {$(
        impl<'a> Shape<'a> for $type {
            const WANTED: &'static str = "a whole number";

            fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
                // NB: the limit is the type's own, so nothing is cut off.
                Ok(plain.whole_number(<$type>::MAX as u64)? as $type)
            }
        }
    )+};
}
whole_numbers! { u16 u32 u64 usize }

impl<'a> Shape<'a> for String {
    const WANTED: &'static str = <&str>::WANTED;

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        <&str>::read(plain).map(Self::from)
    }
}

impl<'a> Shape<'a> for &'a str {
    const WANTED: &'static str = "a string";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        match plain {
            Plain::Text(value) => Ok(value),
            other => Err(other.instead_of(Self::WANTED)),
        }
    }
}

impl<'a> Shape<'a> for Arc<str> {
    const WANTED: &'static str = <&str>::WANTED;

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        <&str>::read(plain).map(Self::from)
    }
}

impl<'a> Shape<'a> for ByteString {
    const WANTED: &'static str = <&str>::WANTED;

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        Self::from_isomorphic(<&str>::read(plain)?).map_err(|error| Misfit::new(error.to_string()))
    }
}

impl<'a, T: Shape<'a>> Shape<'a> for Option<T> {
    const WANTED: &'static str = T::WANTED;

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        match plain {
            Plain::Null => Ok(None),
            present => T::read(present).map(Some),
        }
    }
}

impl<'a, T: Shape<'a>> Shape<'a> for Vec<T> {
    const WANTED: &'static str = "a list";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        match plain {
            Plain::List(items) => all(items, T::read),
            Plain::Pairs(pairs) => all(pairs, |(name, value)| T::of_pair(name, value)),
            other => Err(other.instead_of(Self::WANTED)),
        }
    }
}

fn all<I, T>(items: Vec<I>, read: impl Fn(I) -> Result<T, Misfit>) -> Result<Vec<T>, Misfit> {
    let mut shapes = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        shapes.push(read(item).map_err(|misfit| misfit.item(index))?);
    }
    Ok(shapes)
}

impl<'a, T: Shape<'a>> Shape<'a> for (T, T) {
    const WANTED: &'static str = "a pair: [name, value]";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        let items = match plain {
            Plain::List(items) => items,
            Plain::Pairs(pairs) => return Err(wrong_count(pairs.len())),
            other => return Err(other.instead_of(Self::WANTED)),
        };
        let count = items.len();
        let [name, value] = <[Plain<'a>; 2]>::try_from(items).map_err(|_| wrong_count(count))?;
        Ok((T::read(name).map_err(|misfit| misfit.item(0))?, T::read(value).map_err(|misfit| misfit.item(1))?))
    }

    fn of_pair(name: &'a str, value: &'a str) -> Result<Self, Misfit> {
        let name = T::read(Plain::Text(name)).map_err(|misfit| misfit.item(0))?;
        Ok((name, T::read(Plain::Text(value)).map_err(|misfit| misfit.item(1))?))
    }
}

fn wrong_count(count: usize) -> Misfit {
    Misfit::new(format!("{count} items stand here; write {}", <(&str, &str)>::WANTED))
}

impl<'a> Shape<'a> for Header {
    const WANTED: &'static str = <(ByteString, ByteString)>::WANTED;

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        let (name, value) = Shape::read(plain)?;
        Ok(Self(name, value))
    }

    fn of_pair(name: &'a str, value: &'a str) -> Result<Self, Misfit> {
        let (name, value) = Shape::of_pair(name, value)?;
        Ok(Self(name, value))
    }
}

impl<'a> Shape<'a> for HeaderList {
    const WANTED: &'static str = Vec::<Header>::WANTED;

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        Vec::read(plain).map(Self::from)
    }
}
