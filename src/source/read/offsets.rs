//! Characters -> bytes: the parser counts places in characters, a [`Span`](crate::source::Span) in bytes.

/// A cursor in a text that knows how many characters stand before it.
///
/// Places are asked for nearly in the order of the text, so that moving from the last one costs one pass altogether.
pub(super) struct Offsets<'t> {
    text: &'t [u8],
    /// Where the parser's text begins: after the byte order mark.
    base: usize,
    ascii: bool,
    chars: usize,
    byte: usize,
}

impl<'t> Offsets<'t> {
    /// Offsets into `text`, of which the parser sees what stands from byte `base`.
    pub(super) fn new(text: &'t str, base: usize) -> Self {
        Self { text: text.as_bytes(), base, ascii: text[base..].is_ascii(), chars: 0, byte: base }
    }

    /// The byte at which the character `at` of the parser's text begins; the end of the text if there is none.
    pub(super) fn byte(&mut self, at: usize) -> usize {
        if self.ascii {
            return (self.base + at).min(self.text.len());
        }
        while self.chars < at && self.byte < self.text.len() {
            self.byte += width(self.text[self.byte]);
            self.chars += 1;
        }
        while self.chars > at {
            self.byte -= 1;
            self.chars -= usize::from(!is_continuation(self.text[self.byte]));
        }
        self.byte
    }
}

/// How many bytes the character has that begins with `first`.
const fn width(first: u8) -> usize {
    match first {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0.. => 4,
    }
}

const fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}
