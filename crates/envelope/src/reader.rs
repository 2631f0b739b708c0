//! Reading numbers and length-prefixed fields from the front of some bytes.

/// The bytes end too early: so many are needed, counted from where the reader began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Short(pub(crate) usize);

/// A position in some bytes.
#[derive(Debug, Clone)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
    /// What has been read, by name, if anybody wants to know.
    marks: Option<Vec<Mark>>,
}

/// What some bytes mean. It begins where the one before it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Its name in AWS's description of the message format.
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    /// Where it ends.
    pub(crate) end: usize,
}

/// How bytes are to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Number,
    Text,
    Bytes,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0, marks: None }
    }

    /// A reader that keeps what it is told with [`Reader::mark`].
    pub(crate) fn marking(bytes: &'a [u8]) -> Self {
        Self { marks: Some(Vec::new()), ..Self::new(bytes) }
    }

    /// What has been marked.
    pub(crate) fn into_marks(self) -> Vec<Mark> {
        self.marks.unwrap_or_default()
    }

    /// Says what was read since the last mark.
    pub(crate) fn mark(&mut self, name: &'static str, form: Form) {
        if let Some(marks) = &mut self.marks {
            marks.push(Mark { name, form, end: self.position });
        }
    }

    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// All that has been read so far.
    pub(crate) fn consumed(&self) -> &'a [u8] {
        self.bytes.get(..self.position).unwrap_or_default()
    }

    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], Short> {
        let end = self.position.saturating_add(length);
        let bytes = self.bytes.get(self.position..end).ok_or(Short(end))?;
        self.position = end;
        Ok(bytes)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Short> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, Short> {
        self.array().map(u8::from_be_bytes)
    }

    pub(crate) fn u16(&mut self) -> Result<u16, Short> {
        self.array().map(u16::from_be_bytes)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Short> {
        self.array().map(u32::from_be_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Short> {
        self.array().map(u64::from_be_bytes)
    }

    /// A field with its length in two bytes before it, under the names of both.
    pub(crate) fn field(&mut self, names: [&'static str; 2], form: Form) -> Result<&'a [u8], Short> {
        let length = self.u16()?;
        self.mark(names[0], Form::Number);
        let field = self.take(length.into())?;
        self.mark(names[1], form);
        Ok(field)
    }

    /// Reads from the next bytes, so many of them and no more. None when they are not what `read` would have, or when it
    /// leaves some of them.
    pub(crate) fn within<T>(
        &mut self,
        length: usize,
        read: impl FnOnce(&mut Self) -> Result<T, Short>,
    ) -> Result<Option<T>, Short> {
        let end = self.position.saturating_add(length);
        let whole = self.bytes;
        self.bytes = whole.get(..end).ok_or(Short(end))?;
        let read = read(self).ok().filter(|_| self.position == end);
        self.bytes = whole;
        Ok(read)
    }
}
