//! Light or dark: as the system has it, or as chosen here before.

use yew::prelude::*;

use crate::components::dom;

/// Where the choice is kept in `localStorage`.
const STORED: &str = "waxseal-theme";

/// A choice of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// As it is stored, and as the style sheets know it.
    fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }

    /// What was chosen here, else what the system has.
    fn current() -> Self {
        let stored = dom::storage().and_then(|storage| storage.get_item(STORED).ok().flatten());
        match stored.as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ if dom::matches("(prefers-color-scheme: dark)") => Self::Dark,
            _ => Self::Light,
        }
    }

    fn apply(self) {
        if let Some(root) = dom::root_element() {
            // Only a name that is not an attribute's name fails.
            let _ = root.set_attribute("data-theme", self.name());
        }
    }
}

/// Applies what was chosen before, before anything is drawn.
pub(crate) fn restore() {
    let stored = dom::storage().and_then(|storage| storage.get_item(STORED).ok().flatten());
    if stored.is_some() {
        Theme::current().apply();
    }
}

/// The switch in the top bar.
#[component]
pub(crate) fn ThemeSwitch() -> Html {
    let theme = use_state_eq(|| Theme::Light);
    use_effect_with((), {
        let theme = theme.clone();
        move |()| theme.set(Theme::current())
    });
    let onclick = {
        let theme = theme.clone();
        Callback::from(move |_| {
            let chosen = theme.other();
            chosen.apply();
            if let Some(storage) = dom::storage() {
                // A browser that stores nothing still changes its colours.
                let _ = storage.set_item(STORED, chosen.name());
            }
            theme.set(chosen);
        })
    };
    let label = format!("Switch to {} colours", theme.other().name());
    html! {
        <button type="button" class="theme-switch" {onclick} aria-label={label.clone()} title={label}>
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <circle cx="12" cy="12" r="8.25" />
                <path class="theme-switch-half" d="M12 3.75a8.25 8.25 0 0 1 0 16.5z" />
            </svg>
        </button>
    }
}
