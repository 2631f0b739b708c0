//! The small vocabulary of shapes that stands for what a thing is, everywhere in the product. A shape is never alone:
//! the word stands beside it, so the shape itself is silent for screen readers. Colours come from the style sheet, by role.

use waxseal_api::trace::Role;
use yew::prelude::*;

/// What a role is called.
pub(crate) fn name(role: Role) -> &'static str {
    match role {
        Role::Plaintext => "plaintext",
        Role::KmsKey => "KMS key",
        Role::ContentKey => "message key",
        Role::DataKey => "data key",
        Role::EncryptedDataKey => "encrypted data key",
        Role::Ciphertext => "ciphertext",
        Role::Authenticated => "authenticated",
    }
}

/// The class that gives an element the colours of a role: `--role` for lines and words, `--role-tint` for surfaces.
pub(crate) fn class(role: Role) -> &'static str {
    match role {
        Role::Plaintext => "role-plaintext",
        Role::KmsKey => "role-kms-key",
        Role::ContentKey => "role-content-key",
        Role::DataKey => "role-data-key",
        Role::EncryptedDataKey => "role-encrypted-data-key",
        Role::Ciphertext => "role-ciphertext",
        Role::Authenticated => "role-authenticated",
    }
}

/// The shape of a role, 24 by 24 units, as large as the text beside it unless the style sheet says otherwise. `look` is
/// `shape-large`, `shape-alive` (a data key in memory), `shape-wiped` (one that was), or nothing.
pub(crate) fn shape(role: Role, look: &'static str) -> Html {
    html! {
        <svg class={classes!("shape", class(role), look)} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            { drawing(role) }
        </svg>
    }
}

/// A shape with its word.
pub(crate) fn named(role: Role) -> Html {
    html! { <span class={classes!("named", class(role))}>{ shape(role, "") }<span>{ name(role) }</span></span> }
}

fn drawing(role: Role) -> Html {
    match role {
        Role::Plaintext => sheet(),
        Role::KmsKey => seal(),
        Role::ContentKey | Role::DataKey => key(),
        Role::EncryptedDataKey => key_under_seal(),
        Role::Ciphertext => envelope(),
        Role::Authenticated => label(),
    }
}

/// A sheet of paper with square corners and lines of text.
fn sheet() -> Html {
    html! {<>
        <path class="shape-surface" d="M4.5 3h15v18h-15z" />
        <path class="shape-line" d="M8 8h8M8 12h8M8 16h5" />
    </>}
}

/// The outline of a pool of wax.
pub(crate) const WAX: &str = "M22.9 12C23.1 13.1 22.2 14.4 21.6 15.5C21.1 16.6 20.5 17.6 19.7 18.5C18.9 19.3 17.9 20 16.9 \
    20.5C15.9 21.1 14.8 21.4 13.7 21.6C12.6 21.7 11.4 21.9 10.3 21.7C9.2 21.5 8.3 20.7 7.2 20.3C6.1 19.8 4.5 \
    19.8 3.6 19C2.7 18.3 2.1 16.8 2 15.6C1.9 14.5 2.8 13.2 2.9 12C3.1 10.8 2.6 9.7 2.8 8.7C3.1 7.6 3.7 6.5 4.4 \
    5.6C5.1 4.7 6 3.9 6.9 3.2C7.9 2.6 9.1 2.1 10.2 1.9C11.4 1.7 12.6 1.8 13.8 2C14.9 2.2 16.4 2.2 17.2 2.9C18.1 \
    3.6 18.3 5.2 18.9 6.2C19.5 7.2 20.1 7.8 20.8 8.8C21.4 9.8 22.8 10.9 22.9 12z";

/// A pool of wax, pressed, with a keyhole in the middle.
fn seal() -> Html {
    html! {<>
        <path class="shape-solid" d={WAX} />
        <circle class="shape-press" cx="12.3" cy="11.9" r="6.6" />
        <path class="shape-hole" d="M12.3 8.4a2 2 0 0 1 1.1 3.7l.7 3.3h-3.6l.7-3.3a2 2 0 0 1 1.1-3.7z" />
    </>}
}

/// A key with its bow to the left.
fn key() -> Html {
    html! {<>
        <circle class="shape-surface" cx="7" cy="12" r="4.5" />
        <path class="shape-line" d="M11.5 12H22M18.5 12v4M22 12v3" />
        <circle class="shape-dot" cx="6" cy="12" r="1.3" />
    </>}
}

/// The same key, its bit under a small seal.
fn key_under_seal() -> Html {
    const WAX: &str = "M22.9 14.7C23 15.6 22.4 16.7 21.8 17.5C21.3 18.3 20.5 19.1 19.7 19.5C18.8 19.9 17.8 20.1 16.9 \
        20.1C16 20.1 15 19.8 14.2 19.4C13.3 19.1 12 18.6 11.6 17.8C11.1 17 11.6 15.7 11.7 14.7C11.8 13.7 11.7 12.8 \
        12.1 11.9C12.5 11.1 13.3 10.3 14.1 9.8C14.9 9.3 16 8.9 16.9 8.9C17.8 8.9 19 9.2 19.8 9.7C20.5 10.3 20.7 11.4 \
        21.3 12.2C21.8 13 22.8 13.8 22.9 14.7z";
    html! {<>
        <circle class="shape-surface" cx="6" cy="9" r="4.25" />
        <path class="shape-line" d="M10.25 9H22M18.5 9v3" />
        <circle class="shape-dot" cx="5" cy="9" r="1.2" />
        <path class="shape-solid" d={WAX} />
        <circle class="shape-press" cx="17.1" cy="14.6" r="3.2" />
    </>}
}

/// A closed envelope.
fn envelope() -> Html {
    html! {<>
        <path class="shape-surface" d="M2.5 5.5h19v13h-19z" />
        <path class="shape-line" d="M2.5 6l9.5 7.5L21.5 6M2.5 18.3l6.8-6.6M21.5 18.3l-6.8-6.6" />
    </>}
}

/// A sealed letter, large: ciphertext under a KMS key.
pub(crate) fn letter() -> Html {
    let noise = (0..13).map(|row| {
        let (line, shift) = (format!("M24 {}h272", 28 + row * 14), (row * 37 % 83).to_string());
        html! { <path class="letter-noise" d={line} stroke-dashoffset={shift} /> }
    });
    html! {
        <svg class={classes!("letter", class(Role::Ciphertext))} viewBox="0 0 320 220" aria-hidden="true" focusable="false">
            <path class="shape-surface" d="M10 10h300v200h-300z" />
            { for noise }
            <path class="shape-line" d="M10 210L132 112M310 210L188 112" />
            <path class="shape-surface" d="M10 10L160 132L310 10z" />
            <g transform="translate(116 82) scale(3.6)">{ seal() }</g>
        </svg>
    }
}

/// A luggage label.
fn label() -> Html {
    html! {<>
        <path class="shape-surface" d="M7.5 5.5h14v13h-14L2.5 12z" />
        <circle class="shape-line" cx="8" cy="12" r="1.4" />
        <path class="shape-line" d="M12 10h6M12 14h4" />
    </>}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::drawn;

    #[test]
    fn every_role_is_told_apart_by_word_and_by_colour() {
        use Role::*;
        let roles = [Plaintext, KmsKey, ContentKey, DataKey, EncryptedDataKey, Ciphertext, Authenticated];
        for (n, a) in roles.iter().enumerate() {
            for b in &roles[n + 1..] {
                assert_ne!(name(*a), name(*b));
                assert_ne!(class(*a), class(*b));
            }
        }
    }

    #[test]
    fn a_shape_is_silent_and_its_word_is_not() {
        let html = drawn(named(Role::KmsKey));
        assert!(html.contains("aria-hidden=\"true\""), "{html}");
        assert!(html.contains("KMS key"), "{html}");
    }
}
