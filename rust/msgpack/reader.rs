use crate::wire::WireError;

/// Containers inside containers. msgpack itself has no limit; Python's recursion, and ours, has.
pub const MAX_DEPTH: u32 = 128;

/// One value, or the head of a container whose items follow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Token<'a> {
    Nil,
    Bool(bool),
    Int(i64),
    /// An integer above `i64::MAX`.
    UInt(u64),
    Float(f64),
    /// Not yet known to be UTF-8.
    Str(&'a [u8]),
    Bin(&'a [u8]),
    /// Claims this many items.
    Array(usize),
    /// Claims this many pairs.
    Map(usize),
    Ext(i8),
}

/// A `&[u8]` that shrinks, and the depth it is at. Copying it is how a caller tries something and goes back.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    rest: &'a [u8],
    depth: u32,
}

impl<'a> Reader<'a> {
    pub fn new(document: &'a [u8]) -> Self {
        Self { rest: document, depth: 0 }
    }

    /// Reads what is inside of so many containers already.
    pub fn inside(document: &'a [u8], depth: u32) -> Self {
        Self { rest: document, depth }
    }

    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Goes on until only the last `count` bytes are left, which another reader of this document has found out.
    pub fn leave_only(&mut self, count: usize) {
        self.rest = &self.rest[self.rest.len().saturating_sub(count)..];
    }

    /// Refuses bytes after the document.
    pub fn finish(&self) -> Result<(), WireError> {
        if self.rest.is_empty() { Ok(()) } else { Err(WireError::Trailing(self.rest.len())) }
    }

    /// To be called before the items of a container are read, and `leave` after them.
    pub fn enter(&mut self) -> Result<(), WireError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(WireError::TooDeep) } else { Ok(()) }
    }

    pub fn leave(&mut self) {
        self.depth -= 1;
    }

    /// How many items a container that claims `count` can hold: each takes a byte at least.
    pub fn plausible(&self, count: usize) -> usize {
        count.min(self.rest.len())
    }

    #[inline]
    pub fn token(&mut self) -> Result<Token<'a>, WireError> {
        let [first, rest @ ..] = self.rest else { return Err(WireError::Truncated) };
        self.rest = rest;
        Ok(match *first {
            byte @ 0x00..=0x7f => Token::Int(i64::from(byte)),
            byte @ 0x80..=0x8f => Token::Map(usize::from(byte & 0x0f)),
            byte @ 0x90..=0x9f => Token::Array(usize::from(byte & 0x0f)),
            byte @ 0xa0..=0xbf => Token::Str(self.take(usize::from(byte & 0x1f))?),
            0xc0 => Token::Nil,
            0xc2 => Token::Bool(false),
            0xc3 => Token::Bool(true),
            byte @ 0xc4..=0xc6 => {
                let length = self.length(byte - 0xc4)?;
                Token::Bin(self.take(length)?)
            }
            byte @ 0xc7..=0xc9 => {
                let length = self.length(byte - 0xc7)?;
                self.extension(length)?
            }
            0xca => Token::Float(f64::from(f32::from_be_bytes(self.array()?))),
            0xcb => Token::Float(f64::from_be_bytes(self.array()?)),
            0xcc => Token::Int(i64::from(u8::from_be_bytes(self.array()?))),
            0xcd => Token::Int(i64::from(u16::from_be_bytes(self.array()?))),
            0xce => Token::Int(i64::from(u32::from_be_bytes(self.array()?))),
            0xcf => {
                let value = u64::from_be_bytes(self.array()?);
                i64::try_from(value).map_or(Token::UInt(value), Token::Int)
            }
            0xd0 => Token::Int(i64::from(i8::from_be_bytes(self.array()?))),
            0xd1 => Token::Int(i64::from(i16::from_be_bytes(self.array()?))),
            0xd2 => Token::Int(i64::from(i32::from_be_bytes(self.array()?))),
            0xd3 => Token::Int(i64::from_be_bytes(self.array()?)),
            byte @ 0xd4..=0xd8 => self.extension(1 << (byte - 0xd4))?,
            byte @ 0xd9..=0xdb => {
                let length = self.length(byte - 0xd9)?;
                Token::Str(self.take(length)?)
            }
            byte @ 0xdc..=0xdd => Token::Array(self.length(byte - 0xdc + 1)?),
            byte @ 0xde..=0xdf => Token::Map(self.length(byte - 0xde + 1)?),
            byte @ 0xe0..=0xff => Token::Int(i64::from(byte.cast_signed())),
            byte @ 0xc1 => return Err(WireError::MsgpackByte(byte)),
        })
    }

    /// Passes over one value, without recursion. What is passed over is held to the same depth as what is read.
    pub fn skip(&mut self) -> Result<(), WireError> {
        // Values still to come in each open container, the innermost last.
        let mut pending = [0usize; MAX_DEPTH as usize + 1];
        let mut open = 0;
        pending[0] = 1;
        loop {
            while pending[open] == 0 {
                if open == 0 {
                    return Ok(());
                }
                open -= 1;
            }
            pending[open] -= 1;
            let items = match self.token()? {
                Token::Array(count) => count,
                Token::Map(count) => count.saturating_mul(2),
                _ => continue,
            };
            open += 1;
            *pending.get_mut(open + self.depth as usize).ok_or(WireError::TooDeep)? = 0;
            pending[open] = items;
        }
    }

    /// A big-endian length of 1, 2 or 4 bytes (`width` 0, 1, 2).
    fn length(&mut self, width: u8) -> Result<usize, WireError> {
        Ok(match width {
            0 => usize::from(u8::from_be_bytes(self.array()?)),
            1 => usize::from(u16::from_be_bytes(self.array()?)),
            _ => u32::from_be_bytes(self.array()?) as usize,
        })
    }

    fn extension(&mut self, length: usize) -> Result<Token<'a>, WireError> {
        let [code] = self.array()?;
        self.take(length)?;
        Ok(Token::Ext(i8::from_be_bytes([code])))
    }

    #[inline]
    fn take(&mut self, length: usize) -> Result<&'a [u8], WireError> {
        let (content, rest) = self.rest.split_at_checked(length).ok_or(WireError::Truncated)?;
        self.rest = rest;
        Ok(content)
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        let (content, rest) = self.rest.split_first_chunk::<N>().ok_or(WireError::Truncated)?;
        self.rest = rest;
        Ok(*content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_first_byte_is_a_token_or_an_error() {
        for byte in 0..=255u8 {
            let mut document = vec![byte];
            document.extend([0; 9]);
            let token = Reader::new(&document).token();
            assert_eq!(token.is_err(), byte == 0xc1 || (0xaa..=0xbf).contains(&byte) || byte == 0xd8, "{byte:#x}");
        }
    }

    #[test]
    fn skipping_is_bounded_by_the_input() {
        assert_eq!(Reader::new(&[0xdd, 0xff, 0xff, 0xff, 0xff]).skip(), Err(WireError::Truncated));
        assert_eq!(Reader::new(&[0x91].repeat(1_000_000)).skip(), Err(WireError::TooDeep));
        let mut deepest = vec![0x91; MAX_DEPTH as usize];
        deepest.push(0xc0);
        let mut reader = Reader::new(&deepest);
        assert_eq!(reader.skip(), Ok(()));
        assert_eq!(reader.finish(), Ok(()));
    }
}
