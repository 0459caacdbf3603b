//! A long list of nothing but integers, read at several places at the same time. Knows nothing of Python.
//!
//! Integers are of different lengths, so that each begins where the one before it ends, and a processor that goes from one
//! to the next waits for each. Here it goes through several parts of the list by turns. Where a part begins is guessed
//! from its bytes; that the part before it ends there, to the byte, proves it.

use super::canonical::{integer, integer_item, integer_length};

/// How many parts. More are no faster: by then the instructions take longest.
const PARTS: usize = 4;
/// Bytes below which it does not pay to look for parts.
const LEAST: usize = 1 << 12;
/// The bytes of the longest item: in so many, one begins.
const LONGEST: usize = 17;

/// The parts of a list: where each begins, and how many integers it has.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts {
    starts: [usize; PARTS],
    counts: [usize; PARTS],
}

impl Parts {
    /// The parts of a collection's content; none if it is short, or holds anything that is not as `canonical` has it.
    pub fn of(content: &[u8]) -> Option<Self> {
        if content.len() < LEAST {
            return None;
        }
        let mut starts = [0; PARTS];
        for (part, start) in starts.iter_mut().enumerate().skip(1) {
            *start = item_near(content, content.len() / PARTS * part)?;
        }
        let ends = ends(&starts, content.len());
        let (mut places, mut counts) = (starts, [0; PARTS]);
        while (0..PARTS).all(|part| places[part] < ends[part]) {
            for part in 0..PARTS {
                places[part] += integer_length(content.get(places[part]..)?)?.1;
                counts[part] += 1;
            }
        }
        for part in 0..PARTS {
            while places[part] < ends[part] {
                places[part] += integer_length(content.get(places[part]..)?)?.1;
                counts[part] += 1;
            }
        }
        (places == ends).then_some(Self { starts, counts })
    }

    /// How many integers there are.
    pub fn count(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Fills a cell with each integer. None if one is not as `canonical` has it, or makes no cell; cells may be filled then.
    pub fn fill<T>(&self, content: &[u8], cells: &mut [T], cell: impl Fn(i64) -> Option<T>) -> Option<()> {
        let mut rest = cells;
        let mut rows: [&mut [T]; PARTS] = Default::default();
        for (row, count) in rows.iter_mut().zip(self.counts) {
            (*row, rest) = rest.split_at_mut_checked(count)?;
        }
        let mut places = self.starts;
        let together = self.counts.into_iter().min()?;
        for index in 0..together {
            for part in 0..PARTS {
                let (value, length) = item(content.get(places[part]..)?)?;
                *rows[part].get_mut(index)? = cell(value)?;
                places[part] += length;
            }
        }
        for part in 0..PARTS {
            for place in &mut rows[part][together..] {
                let (value, length) = item(content.get(places[part]..)?)?;
                *place = cell(value)?;
                places[part] += length;
            }
        }
        Some(())
    }
}

/// The integer that bytes begin with, and how many of them it takes.
#[inline(always)]
fn item(content: &[u8]) -> Option<(i64, usize)> {
    integer_item(content).or_else(|| last_item(content))
}

/// The same where too few bytes follow to be read as words.
#[cold]
fn last_item(content: &[u8]) -> Option<(i64, usize)> {
    let ((), length) = integer_length(content)?;
    integer(content.get(2..length)?).map(|value| (value, length))
}

/// Where parts end: each where the next one begins.
fn ends(starts: &[usize; PARTS], length: usize) -> [usize; PARTS] {
    let mut ends = [length; PARTS];
    ends[..PARTS - 1].copy_from_slice(&starts[1..]);
    ends
}

/// Where an item seems to begin, at a place or soon after it: one that another follows.
fn item_near(content: &[u8], place: usize) -> Option<usize> {
    (place..place + LONGEST).find(|start| {
        let begins = |at: usize| content.get(at..).and_then(integer_length).map(|((), length)| length);
        begins(*start).is_some_and(|length| begins(start + length).is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::super::{ITEM, float, integer};
    use super::*;

    fn content(values: impl Iterator<Item = i64>) -> Vec<u8> {
        let mut out = Vec::new();
        values.for_each(|value| integer::<ITEM>(&mut out, value));
        out
    }

    fn read(bytes: &[u8]) -> Option<Vec<i64>> {
        let parts = Parts::of(bytes)?;
        let mut cells = vec![0; parts.count()];
        parts.fill(bytes, &mut cells, Some).map(|()| cells)
    }

    #[test]
    fn all_parts_are_read() {
        let mixed = |index: i64| index.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64.cast_signed()) >> (index % 64);
        for count in [600, 601, 602, 603, 10_000] {
            let values: Vec<i64> = (0..count).map(mixed).collect();
            assert_eq!(read(&content(values.iter().copied())), Some(values), "{count}");
        }
        assert_eq!(Parts::of(&content(0..20)), None, "too short to be worth it");
    }

    #[test]
    fn what_looks_like_an_item_inside_of_one_is_no_place_to_begin() {
        let values = vec![i64::from_le_bytes([0x8a, 0x86, 0x8a, 0x84, 0x8a, 0x82, 0x08, 0]); 2000];
        assert!(read(&content(values.iter().copied())).is_none_or(|found| found == values));
    }

    #[test]
    fn a_list_of_other_things_has_no_parts() {
        let mut bytes = content(0..2000);
        let whole = bytes.len();
        assert!(Parts::of(&bytes[..whole - 1]).is_none(), "cut off");
        float::<ITEM>(&mut bytes, 0.5);
        assert_eq!(Parts::of(&bytes), None);
        bytes.splice(0..0, content(5..6)[..5].iter().copied());
        assert_eq!(Parts::of(&bytes), None);
        assert_eq!(Parts::of(&[0x0a; LEAST]), None);
    }

    #[test]
    fn a_number_that_does_not_end_is_left_to_the_general_reader() {
        let mut bytes = content(0..2000);
        let last = bytes.len() - 1;
        bytes[last] |= 0x80;
        let parts = Parts::of(&bytes).unwrap();
        assert_eq!(parts.fill(&bytes, &mut vec![0; parts.count()], Some), None);
    }
}
