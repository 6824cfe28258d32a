//! The four kinds of file that are taken.

/// What a file is, judged by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// Portable Document Format.
    Pdf,
    /// Word since 2007, without macros.
    Docx,
    /// JPEG picture.
    Jpeg,
    /// PNG picture.
    Png,
}

impl FileKind {
    /// Every kind, in the order in which they are named to people.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Docx, Self::Jpeg, Self::Png];

    /// For `Content-Type` and for the database.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The kind that [`Self::media_type`] of it was written down for.
    pub fn from_media_type(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.media_type() == text)
    }

    /// The extension that we give, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The kind that a name's extension promises (`JPEG` and `jfif` are JPEG too).
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "docx" => Some(Self::Docx),
            "jpg" | "jpeg" | "jpe" | "jfif" => Some(Self::Jpeg),
            "png" => Some(Self::Png),
            _ => None,
        }
    }

    /// How it is called in a sentence: "ảnh JPG".
    pub fn vietnamese_name(self) -> &'static str {
        match self {
            Self::Pdf => "tệp PDF",
            Self::Docx => "tệp Word",
            Self::Jpeg => "ảnh JPG",
            Self::Png => "ảnh PNG",
        }
    }

    /// A picture, which a page may show in place.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_comes_back_from_its_media_type_and_its_extension() {
        for kind in FileKind::ALL {
            assert_eq!(FileKind::from_media_type(kind.media_type()), Some(kind));
            assert_eq!(FileKind::from_extension(kind.extension()), Some(kind));
        }
        assert_eq!(FileKind::from_extension("JPEG"), Some(FileKind::Jpeg));
        assert_eq!(FileKind::from_extension("doc"), None);
    }
}
