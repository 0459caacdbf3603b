/// Where bytes are written: forward, with a look back to fill in lengths.
pub trait Sink {
    fn extend_from_slice(&mut self, bytes: &[u8]);
    /// Makes room for so many more bytes at once.
    fn reserve(&mut self, additional: usize);
    fn truncate(&mut self, length: usize);
    fn as_slice(&self) -> &[u8];
    fn as_mut_slice(&mut self) -> &mut [u8];

    #[inline]
    fn push(&mut self, byte: u8) {
        self.extend_from_slice(&[byte]);
    }

    #[inline]
    fn len(&self) -> usize {
        self.as_slice().len()
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Sink for Vec<u8> {
    #[inline]
    fn extend_from_slice(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }

    fn reserve(&mut self, additional: usize) {
        self.reserve(additional);
    }

    #[inline]
    fn truncate(&mut self, length: usize) {
        self.truncate(length);
    }

    #[inline]
    fn as_slice(&self) -> &[u8] {
        self
    }

    #[inline]
    fn as_mut_slice(&mut self) -> &mut [u8] {
        self
    }
}
