//! How it keeps its promises.

use yew::prelude::*;

use crate::{
    bridge::{Readiness, use_service},
    components::{Link, Page},
    route::Route,
};

/// What is stored where, what the page can see, how to check it, and the limits.
#[component]
pub(crate) fn About() -> Html {
    let readiness = use_service().readiness;
    html! {
        <Page title="How it keeps its promises" class="about">
            <p class="lead">{ "Waxseal promises that your keys and files stay in this browser. You do not have to believe it: here is how it is \
                built, and how to check." }</p>
            { kept(&readiness) }
            { seen() }
            { check() }
            { limits() }
            { licence() }
        </Page>
    }
}

fn chapter(id: &'static str, title: &'static str, body: Html) -> Html {
    html! {
        <section class="aspect" aria-labelledby={id}>
            <h2 {id}>{ title }</h2>
            <div class="aspect-body prose">{ body }</div>
        </section>
    }
}

fn kept(readiness: &Readiness) -> Html {
    let persisted = match readiness {
        Readiness::Ready(world) if world.persisted => {
            Some("This browser has promised not to throw the data away to make space.")
        }
        Readiness::Ready(_) => Some(
            "This browser has not promised to keep the data when space runs out. It seldom throws anything away, and \
            using the page often makes the promise more likely. A backup is the only answer to it.",
        ),
        Readiness::Starting | Readiness::Locked | Readiness::Closed(_) | Readiness::Crashed(_) => None,
    };
    chapter(
        "kept",
        "What is stored",
        html! {
            <>
                <p>{ "Keys, aliases and policies are kept in this browser’s IndexedDB, for this address only. Key material is never written as it \
                    is: it is sealed with AES-256-GCM under a root key that the browser itself holds and that no script can export, not even this \
                    page’s own. Each sealed record is bound to its name, so that one cannot be swapped for another." }</p>
                <p>{ "Files are not stored at all. What you encrypt or decrypt goes from your disk through memory to your downloads. Your choice of \
                    light or dark is in localStorage, and so are labs that you write. What you have done in the course is in a database of its own; on the page of lessons \
                    you can save it as a file or erase it. There are no cookies." }</p>
                <p>{ "After your first visit the browser keeps a copy of this site, each file verified, and everything works without a \
                    network: switch it off and reload the page to see. A new version is loaded only when you agree." }</p>
                if let Some(words) = persisted {
                    <p>{ words }</p>
                }
                <p><Link to={Route::Keys}>{ "See what is kept here now" }</Link></p>
            </>
        },
    )
}

fn seen() -> Html {
    chapter(
        "seen",
        "What the page sees",
        html! {
            <>
                <p>{ "The service runs in a worker, apart from the page, and answers messages. No message can make it give out a KMS key: no \
                    operation does that. The page has no cipher in it." }</p>
                <p>{ "One thing the page can see, and only when you ask to watch: the data key of the one file you are working on. It is erased \
                    when you leave the drawing." }</p>
            </>
        },
    )
}

fn check() -> Html {
    chapter(
        "check",
        "How to check",
        html! {
            <ul>
                <li>{ "Open the network panel of the developer tools and encrypt a file. Nothing is sent. Or load the page, go offline, and \
                    do it all again." }</li>
                <li>{ "Read the Content-Security-Policy at the top of the page’s source: no script, style, image or connection from any other \
                    address, no script in the page itself." }</li>
                <li>{ "Compare the files you were served with " }<code>{ "SHA256SUMS" }</code>{ ", which every release carries; the page names the \
                    hashes of its own scripts and style sheets, and the browser refuses any others." }</li>
                <li>{ "Decrypt a file without Waxseal’s own reader: what it writes are AWS Encryption SDK messages, version 2, in a published format." }</li>
            </ul>
        },
    )
}

fn limits() -> Html {
    chapter(
        "limits",
        "What it cannot do",
        html! {
            <>
                <p>{ "Whoever loses the browser profile loses the keys, and with them every file encrypted under them. Clearing the site’s data does the \
                    same. A backup under a passphrase takes all keys along." }</p>
                <p><Link to={Route::Backup}>{ "Keep your keys safe" }</Link></p>
                <p>{ "A page can only be trusted as far as the one who serves it: a changed page could do anything this page can do. Serve it \
                    yourself, or check it as above." }</p>
                <p>{ "Key policies decide every call, but the pages call as the account’s root: whoever uses this browser profile uses the keys." }</p>
                <p>{ "Waxseal speaks the language of AWS KMS, but is not made by AWS, does not speak to AWS, and its keys exist nowhere but here." }</p>
            </>
        },
    )
}

fn licence() -> Html {
    chapter(
        "licence",
        "Licence",
        html! {
            <p>{ "MIT or Apache-2.0, as you prefer. It comes without any warranty." }</p>
        },
    )
}
