//! Where the values of a literal lie, found without loading any: they can be fetched together, before the first is asked
//! for, and a failed transfer can say which value it was of.

use std::fmt::Write as _;

/// One value at a location.
#[derive(Debug)]
pub struct Location {
    /// `xs[3]`, `m["k"]`.
    pub path: String,
    pub uri: String,
    /// Whether it is a folder.
    pub multipart: bool,
    /// Whether decoding needs the content.
    pub eager: bool,
}

impl Location {
    pub fn new(path: &str, uri: &[u8], multipart: bool, eager: bool) -> Self {
        Self { path: path.to_owned(), uri: String::from_utf8_lossy(uri).into_owned(), multipart, eager }
    }
}

/// What was found, and the way to where the search is.
#[derive(Debug, Default)]
pub struct Locations {
    path: String,
    pub found: Vec<Location>,
}

impl Locations {
    pub fn add(&mut self, make: impl FnOnce(&str) -> Location) {
        self.found.push(make(&self.path));
    }

    pub fn at_name<T>(&mut self, name: &str, search: impl FnOnce(&mut Self) -> T) -> T {
        self.within(format_args!("{name}"), search)
    }

    pub fn at_index<T>(&mut self, index: usize, search: impl FnOnce(&mut Self) -> T) -> T {
        self.within(format_args!("[{index}]"), search)
    }

    pub fn at_key<T>(&mut self, key: &[u8], search: impl FnOnce(&mut Self) -> T) -> T {
        self.within(format_args!("[{:?}]", String::from_utf8_lossy(key)), search)
    }

    fn within<T>(&mut self, step: std::fmt::Arguments<'_>, search: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        let written = self.path.write_fmt(step);
        debug_assert!(written.is_ok(), "a String takes all that is written");
        let result = search(self);
        self.path.truncate(length);
        result
    }
}
