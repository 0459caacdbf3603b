//! A reader is a `&[u8]` that shrinks. It never copies and never allocates.

use super::WireError;

/// Groups inside groups that an unknown field may hold. Flyte's messages have none.
const MAX_GROUP_DEPTH: u32 = 100;

#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

/// One field of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<'a> {
    pub number: u32,
    pub value: Value<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    Varint(u64),
    Fixed64(u64),
    Bytes(&'a [u8]),
    Fixed32(u32),
    /// A group was skipped; no Flyte message declares one.
    Group,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next field, or `None` at the end of the message.
    #[inline]
    pub fn field(&mut self) -> Result<Option<Field<'a>>, WireError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        self.field_within(MAX_GROUP_DEPTH).map(Some)
    }

    /// The content of the next field if it is `tag` (one byte, length-delimited) with a length below 128. The usual
    /// shape of small submessages, told apart from everything else by two comparisons.
    #[inline(always)]
    pub fn short(&mut self, tag: u8) -> Option<&'a [u8]> {
        match self.rest {
            [first, length, rest @ ..] if *first == tag && *length < 0x80 && usize::from(*length) <= rest.len() => {
                let (content, rest) = rest.split_at(usize::from(*length));
                self.rest = rest;
                Some(content)
            }
            _ => None,
        }
    }

    #[inline]
    pub fn varint(&mut self) -> Result<u64, WireError> {
        match self.rest {
            [byte, rest @ ..] if *byte < 0x80 => {
                self.rest = rest;
                Ok(u64::from(*byte))
            }
            _ => self.long_varint(),
        }
    }

    fn long_varint(&mut self) -> Result<u64, WireError> {
        let mut value = 0u64;
        for (position, byte) in self.rest.iter().take(10).enumerate() {
            value |= u64::from(byte & 0x7f) << (7 * position);
            if *byte < 0x80 {
                self.rest = &self.rest[position + 1..];
                return Ok(value);
            }
        }
        Err(if self.rest.len() < 10 { WireError::Truncated } else { WireError::VarintTooLong })
    }

    fn tag(&mut self) -> Result<(u32, u8), WireError> {
        let tag = self.varint()?;
        let wire_type = (tag & 7) as u8;
        match u32::try_from(tag >> 3) {
            Ok(number) if number != 0 && number < 1 << 29 => Ok((number, wire_type)),
            _ => Err(WireError::FieldNumber),
        }
    }

    fn field_within(&mut self, depth: u32) -> Result<Field<'a>, WireError> {
        let (number, wire_type) = self.tag()?;
        let value = match wire_type {
            0 => Value::Varint(self.varint()?),
            1 => Value::Fixed64(u64::from_le_bytes(self.array()?)),
            2 => {
                let length = self.varint()?;
                let length = usize::try_from(length).map_err(|_| WireError::Truncated)?;
                Value::Bytes(self.take(length)?)
            }
            3 => {
                self.skip_group(number, depth)?;
                Value::Group
            }
            4 => return Err(WireError::Group),
            5 => Value::Fixed32(u32::from_le_bytes(self.array()?)),
            other => return Err(WireError::WireType(other)),
        };
        Ok(Field { number, value })
    }

    fn skip_group(&mut self, number: u32, depth: u32) -> Result<(), WireError> {
        let Some(depth) = depth.checked_sub(1) else { return Err(WireError::TooDeep) };
        loop {
            if self.rest.is_empty() {
                return Err(WireError::Truncated);
            }
            let before = self.rest;
            if let (closed, 4) = self.tag()? {
                return if closed == number { Ok(()) } else { Err(WireError::Group) };
            }
            self.rest = before;
            self.field_within(depth)?;
        }
    }

    #[inline]
    fn take(&mut self, length: usize) -> Result<&'a [u8], WireError> {
        match self.rest.split_at_checked(length) {
            Some((content, rest)) => {
                self.rest = rest;
                Ok(content)
            }
            None => Err(WireError::Truncated),
        }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        match self.rest.split_first_chunk::<N>() {
            Some((content, rest)) => {
                self.rest = rest;
                Ok(*content)
            }
            None => Err(WireError::Truncated),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(bytes: &[u8]) -> Result<Vec<Field<'_>>, WireError> {
        let mut reader = Reader::new(bytes);
        let mut found = Vec::new();
        while let Some(field) = reader.field()? {
            found.push(field);
        }
        Ok(found)
    }

    #[test]
    fn reads_every_wire_type() {
        let bytes = b"\x08\x96\x01\x11\x01\0\0\0\0\0\0\0\x1a\x02hi\x25\x02\0\0\0";
        let numbers: Vec<_> = fields(bytes).unwrap().into_iter().map(|f| (f.number, f.value)).collect();
        assert_eq!(
            numbers,
            [(1, Value::Varint(150)), (2, Value::Fixed64(1)), (3, Value::Bytes(b"hi")), (4, Value::Fixed32(2))]
        );
    }

    #[test]
    fn skips_groups_and_refuses_open_ones() {
        assert_eq!(fields(b"\x0b\x08\x01\x0c").unwrap()[0].value, Value::Group);
        assert_eq!(fields(b"\x0b\x08\x01"), Err(WireError::Truncated));
        assert_eq!(fields(b"\x0b\x14"), Err(WireError::Group));
        assert_eq!(fields(b"\x0c"), Err(WireError::Group));
        assert_eq!(fields(&[0x0b; 500]), Err(WireError::TooDeep));
    }

    #[test]
    fn refuses_what_is_not_protobuf() {
        assert_eq!(fields(b"\x0a\x05hi"), Err(WireError::Truncated));
        assert_eq!(fields(b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), Err(WireError::Truncated));
        assert_eq!(fields(&[0x08, 0xff, 0xff]), Err(WireError::Truncated));
        assert_eq!(fields(&[0xff; 11]), Err(WireError::VarintTooLong));
        assert_eq!(fields(b"\x00\x00"), Err(WireError::FieldNumber));
        assert_eq!(fields(b"\x0f"), Err(WireError::WireType(7)));
    }
}
