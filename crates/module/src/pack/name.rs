//! Names that come from elsewhere.

/// A path that stays in the folder that it is unpacked in and looks like what it is: its parts without `.` and `..`, with `_` in
/// the place of characters that are not written, turn the direction of what follows, or part names elsewhere.
pub fn safe_path(path: &str) -> String {
    let parts: Vec<String> =
        path.split('/').filter(|part| !matches!(*part, "" | "." | "..")).map(safe).collect();
    if parts.is_empty() { "file".to_owned() } else { parts.join("/") }
}

fn safe(part: &str) -> String {
    part.chars().map(|character| if is_harmless(character) { character } else { '_' }).collect()
}

fn is_harmless(character: char) -> bool {
    let turns =
        matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !(character.is_control() || character == '\\' || turns)
}
