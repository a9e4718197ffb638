//! The head of the practice's papers, through the one door.

use std::io::Write as _;
use std::process::{Command, Stdio};

use base64::Engine as _;
use semainier_app::commands::access::wire::AddUserRequest;
use semainier_app::commands::letterhead::wire::{LetterheadRequest, PractitionerPaperView};
use semainier_app::commands::practice::wire::{PractitionerRequest, SavePractitionerRequest, SaveSiteRequest};
use semainier_app::commands::wire::FileView;
use semainier_app::commands::{Desk, access, letterhead, practice};

use crate::house::{House, PASSWORD, code, known, verified};

/// The text of a printed file, as a reader of PDF files has it, without the marks of direction.
pub fn printed(file: &FileView) -> String {
    let bytes = base64::engine::general_purpose::STANDARD.decode(&file.base64).expect("base 64");
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the package poppler-utils is installed");
    reader.stdin.take().expect("a pipe").write_all(&bytes).expect("it is read");
    let output = reader.wait_with_output().expect("it ends");
    assert!(output.status.success(), "it is a PDF");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.chars().filter(|letter| !matches!(letter, '\u{202a}'..='\u{202e}')).collect()
}

async fn as_kept(desk: &Desk) -> LetterheadRequest {
    let practitioner_id = known(desk).await.practitioners[0].id;
    let shown = letterhead::show_letterhead(desk, PractitionerRequest { practitioner_id }).await.expect("the head");
    let (practice, own, logo) = (shown.practice, shown.own, shown.logo);
    LetterheadRequest { practitioner_id, practice, own, logo, language: "fr".to_owned() }
}

async fn addressed(desk: &Desk) {
    let site = known(desk).await.sites.remove(0);
    let request = SaveSiteRequest {
        id: Some(site.id),
        name: site.name,
        zone: site.zone,
        address: "3 rue des Lilas\nBâtiment B".to_owned(),
        postcode: "69003".to_owned(),
        city: "Lyon".to_owned(),
        phone: "04 72 00 11 22".to_owned(),
        active: true,
    };
    practice::save_site(desk, request).await.expect("a site");
    let one = known(desk).await.practitioners.remove(0);
    let request = SavePractitionerRequest {
        id: Some(one.id),
        name: "Dr Hélène Lefèvre".to_owned(),
        speciality: "Médecine générale".to_owned(),
        rpps: "10001234567".to_owned(),
        inpe: String::new(),
        site_id: Some(one.site_id),
        active: true,
    };
    practice::save_practitioner(desk, request).await.expect("a practitioner");
}

/// A practice with an administrator who has an agenda.
async fn practice_with_address() -> (House, std::sync::Arc<Desk>) {
    let house = House::new().await;
    let desk = house.desk().await;
    addressed(&desk).await;
    (house, desk)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_is_seen_before_it_is_kept_and_kept_only_when_asked() {
    let (_house, desk) = practice_with_address().await;
    let mut request = as_kept(&desk).await;
    request.practice.foot = "En cas d’urgence, appelez le 15.".to_owned();
    request.practice.structure = "690012345".to_owned();
    request.own.qualifications = "Ancienne interne des hôpitaux\nDU de gériatrie".to_owned();
    let seen = printed(&letterhead::preview_letterhead(&desk, request.clone()).await.expect("a sample"));
    for words in [
        "Dr Hélène Lefèvre",
        "DU de gériatrie",
        "Médecine générale",
        "Cabinet du Parc",
        "Bâtiment B",
        "69003 Lyon",
        "France",
        "+33 4 72 00 11 22",
        "10001234567",
        "690012345",
        "En cas d’urgence, appelez le 15.",
    ] {
        assert!(seen.contains(words), "{words} is on the sample:\n{seen}");
    }
    assert_eq!(as_kept(&desk).await.practice.foot, "", "nothing was kept");
    letterhead::save_letterhead(&desk, request.clone()).await.expect("kept");
    let kept = as_kept(&desk).await;
    assert_eq!((kept.practice, kept.own), (request.practice, request.own));
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_in_arabic_has_the_head_in_both_letters_unless_the_practice_wants_one() {
    let (_house, desk) = practice_with_address().await;
    let mut request = as_kept(&desk).await;
    request.own = PractitionerPaperView {
        name_arabic: "الدكتورة هيلين لوفيفر".to_owned(),
        qualifications_arabic: "الطب العام".to_owned(),
        ..request.own
    };
    let sample = async |letters: &str, language: &str| {
        let mut request = request.clone();
        request.practice.letters = letters.to_owned();
        request.language = language.to_owned();
        let text = printed(&letterhead::preview_letterhead(&desk, request).await.expect("a sample"));
        (text.contains("Dr Hélène Lefèvre"), text.contains("الدكتورة هيلين لوفيفر"))
    };
    assert_eq!(sample("latin", "fr").await, (true, false));
    assert_eq!(sample("latin", "ar").await, (true, true));
    assert_eq!(sample("both", "fr").await, (true, true));
    assert_eq!(sample("arabic", "ar").await, (false, true));
    assert_eq!(sample("arabic", "fr").await, (true, true));
    // Without a name in Arabic nobody is left without a head.
    request.own.name_arabic = String::new();
    let mut bare = request.clone();
    (bare.practice.letters, bare.language) = ("arabic".to_owned(), "ar".to_owned());
    let text = printed(&letterhead::preview_letterhead(&desk, bare).await.expect("a sample"));
    assert!(text.contains("Dr Hélène Lefèvre"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_printed_is_refused_and_changes_nothing() {
    let (_house, desk) = practice_with_address().await;
    let whole = as_kept(&desk).await;
    let refused = async |change: &dyn Fn(&mut LetterheadRequest)| {
        let mut request = whole.clone();
        change(&mut request);
        let shown = code(letterhead::preview_letterhead(&desk, request.clone()).await);
        assert_eq!(shown, code(letterhead::save_letterhead(&desk, request).await));
        shown
    };
    let base64 = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    assert_eq!(refused(&|it| it.logo = base64(b"GIF89a")).await, "picture_unreadable");
    assert_eq!(
        refused(&|it| it.logo = base64(&[0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0])).await,
        "picture_unreadable"
    );
    assert_eq!(refused(&|it| it.logo = base64(&vec![0; (1 << 20) + 1])).await, "picture_too_large");
    assert_eq!(refused(&|it| it.logo = "not base 64 !".to_owned()).await, "bad_request");
    assert_eq!(refused(&|it| it.practice.note = "x".repeat(501)).await, "too_long");
    assert_eq!(refused(&|it| it.practice.sheet = "a3".to_owned()).await, "unknown_word");
    assert_eq!(
        refused(&|it| {
            it.practice.sheet = "a5".to_owned();
            it.own.qualifications = "Une ligne\n".repeat(49);
            it.practice.note = "Encore une ligne\n".repeat(29);
        })
        .await,
        "head_too_tall"
    );
    let after = as_kept(&desk).await;
    assert_eq!((after.practice, after.own, after.logo), (whole.practice, whole.own, whole.logo));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_manages_settings_changes_the_head() {
    let (house, desk) = practice_with_address().await;
    let own = as_kept(&desk).await;
    let request = AddUserRequest {
        login: "samia".to_owned(),
        name: "Samia".to_owned(),
        role: "secretary".to_owned(),
        administrator: false,
        practitioner_id: None,
        password: PASSWORD.to_owned(),
    };
    access::add_user(&desk, request).await.expect("a secretary");
    let secretary = house.sign_in("samia", PASSWORD).await.expect("she signs in");
    assert_eq!(code(letterhead::save_letterhead(&secretary, own.clone()).await), "permission_denied");
    assert_eq!(code(letterhead::preview_letterhead(&secretary, own).await), "permission_denied");
}
