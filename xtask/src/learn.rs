//! The pages of the course: made of the lessons' data when the site is built, read without any WebAssembly, and alive once the
//! course's document has started in them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{hash, html, workshop::Workshop};

/// The pages of the course.
pub(crate) struct Learn {
    /// What stands in each of them, by route, and what stands around it, by language.
    made: PathBuf,
    /// The course's document, up to its body.
    head: String,
}

impl Learn {
    /// Makes them of lessons and words. `document` is the course's page in the site's root.
    pub(crate) fn new(workshop: &Workshop, document: &str, site: &Path) -> Result<Self> {
        let sh = &workshop.sh;
        let made = workshop.target.join("learn");
        sh.remove_path(&made)?;
        cmd!(sh, "cargo run --quiet --package waxseal-study --example pages -- www {made}")
            .ignore_stdout()
            .run()
            .context("the lessons' pages could not be made")?;
        let data = made.join("lessons");
        for file in hash::files_below(workshop, &data)? {
            let target = site.join("lessons").join(&file);
            sh.create_dir(target.parent().unwrap_or(site))?;
            sh.copy_file(data.join(&file), target)?;
        }
        let (head, _) = document.split_once("</head>").context("the page has no head")?;
        Ok(Self { made, head: head.trim_end().to_owned() })
    }

    /// The routes of all its pages: those of English are `learn` and below, those of others begin with their language.
    pub(crate) fn routes(&self, workshop: &Workshop) -> Result<Vec<String>> {
        let files = hash::files_below(workshop, &self.made.join("pages"))?;
        Ok(files.iter().map(|file| file.with_extension("").display().to_string()).collect())
    }

    /// The page of a route, as it is in the site's root.
    pub(crate) fn page(&self, workshop: &Workshop, route: &str) -> Result<String> {
        let text = workshop.sh.read_file(self.made.join(format!("pages/{route}.html")))?;
        let mut parts = text.splitn(4, '\n');
        let mut part = || parts.next().with_context(|| format!("the page of {route} is not whole"));
        let (language, title, description, content) = (part()?, part()?, part()?, part()?);
        let described = html::attribute(&self.head, "name=\"description\" content")?;
        let head = html::replace(&self.head, described, description)?;
        let head =
            html::replace(&head, "<title>Waxseal</title>", &format!("<title>{title} · Waxseal</title>"))?;
        let head = html::replace(&head, "<html lang=\"en\"", &format!("<html lang=\"{language}\""))?;
        let frame = workshop.sh.read_file(self.made.join(format!("frame/{language}.html")))?;
        let body = html::replace(&frame, "CONTENT", content)?;
        Ok(format!("{head}\n  </head>\n  <body>\n    {body}  </body>\n</html>\n"))
    }
}
