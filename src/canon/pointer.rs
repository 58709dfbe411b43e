//! Where in a document something stands: a chain of names on the stack, written as a JSON Pointer
//! (RFC 6901) only when there is a fault to report. It never follows a pointer.

/// A place in a JSON document; costs nothing until it is written out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'a> {
    /// The document itself.
    Root,
    /// A member of the object at a place.
    Member(&'a Place<'a>, &'a str),
    /// An item of the array at a place.
    Item(&'a Place<'a>, usize),
}

impl Place<'_> {
    /// The JSON Pointer.
    pub(super) fn pointer(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Root => {}
            Self::Member(parent, name) => {
                parent.write(text);
                text.push('/');
                for character in name.chars() {
                    match character {
                        '~' => text.push_str("~0"),
                        '/' => text.push_str("~1"),
                        other => text.push(other),
                    }
                }
            }
            Self::Item(parent, index) => {
                parent.write(text);
                text.push('/');
                text.push_str(itoa::Buffer::new().format(*index));
            }
        }
    }
}
