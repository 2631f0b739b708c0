//! The pages of the course: made of the lessons' data when the site is built, read without any WebAssembly, and alive once the
//! course's document has started in them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{html, workshop::Workshop};

/// What comes before the content of a page of the course, and after it: as the app draws it around its own.
const BEFORE: &str = r##"<a class="skip" href="#main">Skip to the content</a>
    <header class="top-bar top-bar-course">
      <a class="wordmark" href="./"><span>Waxseal</span></a>
      <nav aria-label="Main">
        <ul>
          <li><a href="./learn/" aria-current="page">Learn</a></li>
          <li><a href="./files/">Files</a></li>
          <li><a href="./keys/">Keys</a></li>
          <li><a href="./workbench/">Workbench</a></li>
          <li><a href="./about/">About</a></li>
        </ul>
      </nav>
      <div class="alive" data-alive="colours"></div>
    </header>
    <main id="main" tabindex="-1">"##;
const AFTER: &str = r#"</main>
    <div id="alive"></div>
    <footer class="last-line">
      <p>Nothing leaves this browser: no account, no server, no tracking. Waxseal is not AWS and does not speak to it.</p>
    </footer>
"#;

/// The pages of the course.
pub(crate) struct Learn {
    /// What stands in each of them, by name.
    pages: PathBuf,
    /// The HTML around it.
    frame: String,
}

impl Learn {
    /// Makes them of the lessons. `document` is the course's page in the site's root.
    pub(crate) fn new(workshop: &Workshop, document: &str, site: &Path) -> Result<Self> {
        let sh = &workshop.sh;
        let pages = workshop.target.join("learn");
        sh.remove_path(&pages)?;
        cmd!(sh, "cargo run --quiet --package waxseal-study --example pages -- www/lessons {pages}")
            .ignore_stdout()
            .run()
            .context("the lessons' pages could not be made")?;
        let data = site.join("lessons");
        sh.create_dir(&data)?;
        for file in sh.read_dir(&pages)? {
            if file.extension().is_some_and(|extension| extension == "json") {
                sh.copy_file(file, &data)?;
            }
        }
        let (head, _) = document.split_once("</head>").context("the page has no head")?;
        let frame = format!(
            "{}\n  </head>\n  <body>\n    {BEFORE}CONTENT{AFTER}  </body>\n</html>\n",
            head.trim_end()
        );
        Ok(Self { pages, frame })
    }

    /// The page of a route, as it is in the site's root: `learn` or `learn/<lesson>`.
    pub(crate) fn page(&self, workshop: &Workshop, route: &str) -> Result<String> {
        let name = route.strip_prefix("learn/").unwrap_or("index");
        let text = workshop.sh.read_file(self.pages.join(format!("{name}.html")))?;
        let mut parts = text.splitn(3, '\n');
        let mut part = || parts.next().with_context(|| format!("the page of {route} is not whole"));
        let (title, description, content) = (part()?, part()?, part()?);
        let described = html::attribute(&self.frame, "name=\"description\" content")?.to_owned();
        let page = html::replace(&self.frame, &described, description)?;
        let page =
            html::replace(&page, "<title>Waxseal</title>", &format!("<title>{title} · Waxseal</title>"))?;
        html::replace(&page, "CONTENT", content)
    }
}
