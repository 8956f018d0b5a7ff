//! The pages for people.

use segur_dmp_xds::Submission;
use segur_dmp_xds::update::archive;

use super::browser::{get, post_declared, post_form, post_quirks};
use super::{
    Client, FILE, Sandbox, change_status, entry, entry_uuid, send, set, submit, unique_id,
};

const MARKUP: &str = "<script>alert(1)</script><img src=x>";

fn submit_markup(client: &Client) {
    let mut bad = entry(1, FILE);
    bad.title = Some(MARKUP.to_owned());
    bad.comments = Some(MARKUP.to_owned());
    let submission = Submission::new(set(1)).with_document(bad);
    send(client, &submission, FILE).unwrap();
}

#[test]
fn the_pages_show_what_is_held_and_run_nothing_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit_markup(&client);
    let id = entry_uuid(&client, 1).unwrap();
    change_status(&client, &archive(set(2), &id).unwrap()).unwrap();
    assert!(submit(&client, 1).is_err());

    let id = id.replace(':', "%3A");
    let document = unique_id(1);
    for (path, wanted) in [
        ("/", "279035121518989"),
        ("/patient?row=1", "&lt;script&gt;"),
        ("/patient?row=1", "Archived"),
        (&format!("/entry?id={id}"), "healthcareFacilityTypeCode"),
        (&format!("/entry?id={id}"), "Approved → Archived"),
        (&format!("/entry?id={id}&lang=en"), "Submission set"),
        (&format!("/text?id={document}"), "&lt;ClinicalDocument/&gt;"),
        ("/exchanges", "XDSDuplicateUniqueIdInRegistry"),
        ("/exchanges?lang=en", "success"),
        ("/quirks", "la fin d'une période compte"),
        ("/quirks?lang=en", "the end of a period counts"),
        ("/patient?row=1", "<td>2024-03-15 09:00</td>"),
        (&format!("/entry?id={id}"), "2024-03-15 09:00:00 UTC"),
        ("/", "1 patient · 1 document · 2 lots de soumission"),
        ("/?lang=en", "1 patient · 1 document · 2 submission sets"),
    ] {
        let page = get(&sandbox, path);
        let text = page.text();
        assert_eq!(page.status, 200, "{path}");
        let wanted = wanted.to_lowercase();
        assert!(text.to_lowercase().contains(&wanted), "{path}: {text}");
        assert!(
            !text.contains("<script") && !text.contains("<img"),
            "{path}"
        );
        assert!(page.head.contains("content-type: text/html"), "{path}");
        for guard in [
            "content-security-policy: default-src 'none';",
            "x-content-type-options: nosniff",
            "referrer-policy: same-origin",
            "cache-control: no-store",
        ] {
            assert!(page.head.contains(guard), "{path}: {}", page.head);
        }
    }
    // What was exchanged has no place on the page of exchanges.
    assert!(
        !get(&sandbox, "/exchanges")
            .text()
            .contains("279035121518989")
    );

    let saved = get(&sandbox, &format!("/document?id={document}"));
    assert_eq!((saved.status, saved.body.as_slice()), (200, FILE));
    assert!(
        saved
            .head
            .contains("content-type: application/octet-stream")
    );
    assert!(saved.head.contains("content-disposition: attachment"));
    assert!(saved.head.contains("nosniff"));
    for path in [
        "/entry?id=x",
        "/patient?row=9",
        "/patient?row=x",
        "/document?id=1",
        "/text",
    ] {
        assert_eq!(get(&sandbox, path).status, 404, "{path}");
    }
}

#[test]
fn quirks_change_while_it_runs_and_never_for_the_pages() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &["drop"]);
    let client = sandbox.client();
    assert!(submit(&client, 1).is_err());
    assert!(
        get(&sandbox, "/quirks")
            .text()
            .contains("\ndrop</textarea>")
    );

    let bad = post_quirks(&sandbox, "", "quirks=silent%0D%0Asleepy");
    assert_eq!(bad.status, 422);
    assert!(
        bad.text().contains("unknown quirk sleepy"),
        "{}",
        bad.text()
    );
    for elsewhere in [
        "origin: https://elsewhere.example\r\n",
        // A frame of another site.
        "origin: null\r\n",
        "sec-fetch-site: cross-site\r\n",
    ] {
        assert_eq!(post_quirks(&sandbox, elsewhere, "quirks=").status, 403);
    }
    assert!(submit(&client, 1).is_err(), "nothing changed");

    let form = "quirks=refuse%3DXDSRegistryBusy+%40ITI-41+x1%0D%0A%0D%0A";
    assert_eq!(
        post_quirks(&sandbox, "origin: https://localhost\r\n", form).status,
        303
    );
    assert_eq!(entry_uuid(&client, 1), None, "ITI-18 answers");
    let busy = submit(&client, 1).unwrap_err();
    assert!(busy.to_string().contains("XDSRegistryBusy"), "{busy}");
    submit(&client, 1).unwrap();
}

#[test]
fn a_request_that_is_too_large_is_told_so_and_listed() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let path = "/si-dmp-server/v2/services/registry";
    let refused = post_declared(&sandbox, path, 99_999_999_999);
    assert_eq!(refused.status, 413);
    assert!(refused.text().contains("67108864"), "{}", refused.text());
    let listed = get(&sandbox, "/exchanges").text();
    assert!(listed.contains("HTTP 413"), "{listed}");
}

#[test]
fn the_language_that_is_chosen_stays() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    for (path, link) in [
        ("/exchanges", "href=\"/exchanges?lang=en\""),
        ("/exchanges?lang=en", "href=\"/exchanges?lang=fr\""),
        ("/exchanges?lang=en", "href=\"/quirks?lang=en\""),
        ("/?screen=1&lang=en", "href=\"/?screen=1&amp;lang=fr\""),
        ("/quirks?lang=en", "action=\"/quirks?lang=en\""),
        ("/quirks", "action=\"/quirks\""),
    ] {
        let page = get(&sandbox, path).text();
        assert!(page.contains(link), "{path}: {page}");
    }
    for (path, seen) in [
        ("/quirks", "location: /quirks\r\n"),
        ("/quirks?lang=en", "location: /quirks?lang=en\r\n"),
    ] {
        let posted = post_form(&sandbox, path, "", "quirks=");
        assert_eq!(posted.status, 303, "{path}");
        assert!(
            format!("{}\r\n", posted.head).contains(seen),
            "{}",
            posted.head
        );
    }
    let wrong = post_form(&sandbox, "/quirks?lang=en", "", "quirks=sleepy");
    assert!(wrong.text().contains("Quirks on demand"));
}
