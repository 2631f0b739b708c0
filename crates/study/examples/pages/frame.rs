//! What stands around the content of a page.

use waxseal_study::words::PageWord;

use super::course::{Course, Tongue};

/// The body of a page in a language, with `CONTENT` where the page's own is: as the app draws it around its own pages.
pub(super) fn around(course: &Course, tongue: &Tongue) -> String {
    let say = |word: PageWord| tongue.page(word);
    // What the app draws is English, and so are the pages that these lead to.
    let english = if tongue.is_first() { "" } else { " lang=\"en\"" };
    let pages = [
        ("files", PageWord::FrameFiles),
        ("keys", PageWord::FrameKeys),
        ("workbench", PageWord::FrameWorkbench),
        ("about", PageWord::FrameAbout),
    ];
    let pages: String = pages
        .into_iter()
        .map(|(name, word)| format!("          <li><a href=\"./{name}/\"{english}>{}</a></li>\n", say(word)))
        .collect();
    format!(
        r##"<a class="skip" href="#main">{skip}</a>
    <header class="top-bar top-bar-course">
      <a class="wordmark" href="./"><span>Waxseal</span></a>
      <nav aria-label="{nav}">
        <ul>
          <li><a {learn} aria-current="page"{english}>{word}</a></li>
{pages}        </ul>
      </nav>
      <div class="alive" data-alive="colours"{english}></div>
    </header>
    <main id="main" tabindex="-1">CONTENT</main>
    <div id="alive" data-unloaded="{unloaded}"></div>
    <footer class="last-line">
      <p>{footer}</p>
    </footer>
"##,
        skip = say(PageWord::FrameSkip),
        nav = say(PageWord::FrameNav),
        learn = course.link(tongue, ""),
        word = say(PageWord::FrameLearn),
        unloaded = say(PageWord::FrameUnloaded),
        footer = say(PageWord::FrameFooter),
    )
}
