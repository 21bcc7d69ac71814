//! The types of ADF nodes that the reader knows.
//! It reads none of them.

/// The type of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    HardBreak,
    Mention,
    Emoji,
    Date,
    Status,
    InlineCard,
    Placeholder,
    MediaInline,
    InlineExtension,
    /// Running text of a type the tree has no kind for.
    UnknownInline,
    Paragraph,
    Heading,
    BulletList,
    OrderedList,
    TaskList,
    DecisionList,
    CodeBlock,
    Blockquote,
    Panel,
    Expand,
    Table,
    Rule,
    MediaSingle,
    MediaGroup,
    LayoutSection,
    Card,
    Extension,
    ListItem,
    TaskItem,
    BlockTaskItem,
    DecisionItem,
    TableRow,
    TableHeader,
    TableCell,
    Media,
    Caption,
    LayoutColumn,
    /// Any other.
    Unknown,
}

impl Kind {
    /// The kind of nodes of this type. The types most often met come first.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "text" => Self::Text,
            "paragraph" => Self::Paragraph,
            "listItem" => Self::ListItem,
            "hardBreak" => Self::HardBreak,
            "heading" => Self::Heading,
            "tableCell" => Self::TableCell,
            "tableRow" => Self::TableRow,
            "tableHeader" => Self::TableHeader,
            "bulletList" => Self::BulletList,
            "orderedList" => Self::OrderedList,
            "codeBlock" => Self::CodeBlock,
            "mention" => Self::Mention,
            "emoji" => Self::Emoji,
            "date" => Self::Date,
            "status" => Self::Status,
            "inlineCard" => Self::InlineCard,
            "mediaSingle" => Self::MediaSingle,
            "media" => Self::Media,
            "taskList" => Self::TaskList,
            "taskItem" => Self::TaskItem,
            "table" => Self::Table,
            "panel" => Self::Panel,
            "rule" => Self::Rule,
            "blockquote" => Self::Blockquote,
            "expand" | "nestedExpand" => Self::Expand,
            "decisionList" => Self::DecisionList,
            "decisionItem" => Self::DecisionItem,
            "blockTaskItem" => Self::BlockTaskItem,
            "mediaGroup" => Self::MediaGroup,
            "mediaInline" => Self::MediaInline,
            "caption" => Self::Caption,
            "layoutSection" => Self::LayoutSection,
            "layoutColumn" => Self::LayoutColumn,
            "blockCard" | "embedCard" => Self::Card,
            "extension" | "bodiedExtension" | "multiBodiedExtension" => Self::Extension,
            "inlineExtension" => Self::InlineExtension,
            "placeholder" => Self::Placeholder,
            "image" | "confluenceUnsupportedInline" | "unsupportedInline" => Self::UnknownInline,
            _ => Self::Unknown,
        }
    }

    /// Whether nodes of this kind are running text.
    pub(super) fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::HardBreak
                | Self::Mention
                | Self::Emoji
                | Self::Date
                | Self::Status
                | Self::InlineCard
                | Self::Placeholder
                | Self::MediaInline
                | Self::InlineExtension
                | Self::UnknownInline
        )
    }

    /// Whether nodes of this kind are blocks, which keep their kind where they stand in running text.
    pub(super) fn is_block(self) -> bool {
        matches!(
            self,
            Self::Paragraph
                | Self::Heading
                | Self::BulletList
                | Self::OrderedList
                | Self::TaskList
                | Self::DecisionList
                | Self::CodeBlock
                | Self::Blockquote
                | Self::Panel
                | Self::Expand
                | Self::Table
                | Self::Rule
                | Self::MediaSingle
                | Self::MediaGroup
                | Self::LayoutSection
                | Self::Card
                | Self::Extension
        )
    }
}
