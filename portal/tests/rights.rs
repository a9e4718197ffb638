//! What a person may ask about their data, and what they are told of who has it: under the law of either country.

use fhir::booking::Authority;
use portal::{
    demonstration,
    store::RightsKind,
    sub_processors::{SubProcessor, Task},
};

use crate::{
    browser::Browser,
    house::{Answer, House, Office, house},
};

fn base(office: &Office, language: &str) -> String {
    format!("/{language}/{}", office.practice)
}

/// An instruction of a practice under Moroccan law, as the next version.
async fn under_moroccan_law(house: &House, office: &Office) {
    let mut instruction = demonstration::instruction();
    (instruction.version, instruction.controller.authority) = (2, Authority::Cndp);
    let text = serde_json::to_string(&instruction).unwrap();
    assert_eq!(house.call(office, "PUT", "/practice/instruction", &[], &text).await.status, 201);
}

#[tokio::test]
async fn whatever_the_law_lets_a_person_ask_for_can_be_asked_for_and_reaches_the_practice() {
    let house = house!(House::make(50.0));
    let (office, _) = house.practice().await;
    let browser = Browser::new(&house);
    let base = base(&office, "fr");
    let asked = browser.get(&format!("{base}/rights")).await;
    let page = browser.identify(&office, &asked, &base, "0612345678").await;
    let of = |page: &Answer, kind: RightsKind| page.body.contains(&format!("value=\"{}\"", kind.as_str()));
    for &kind in RightsKind::ALL {
        assert!(of(&page, kind), "{kind} is not offered");
        let fields = [("kind", kind.as_str()), ("name", "Léa Martin")];
        let sent = browser.submit(&page, &format!("{base}/rights"), &fields).await;
        assert!(sent.body.contains("Demande transmise"), "{kind}: {}", sent.body);
    }
    let told = house.call(&office, "GET", "/practice/rights?_cursor=0&_count=100", &[], "").await.json();
    let told: Vec<&str> =
        told["requests"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(told, RightsKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>());
    // Directives after death are French law: of a practice in Morocco they are neither offered nor taken.
    under_moroccan_law(&house, &office).await;
    let page = browser.get(&format!("{base}/rights")).await;
    assert!(of(&page, RightsKind::Withdrawal) && !of(&page, RightsKind::PostMortem), "{}", page.body);
    let fields = [("kind", "post_mortem"), ("name", "Léa Martin")];
    let refused = browser.submit(&page, &format!("{base}/rights"), &fields).await;
    assert!(!refused.body.contains("Demande transmise"));
    let again = house.call(&office, "GET", "/practice/rights?_cursor=0&_count=100", &[], "").await.json();
    assert_eq!(again["requests"].as_array().unwrap().len(), RightsKind::ALL.len());
}

#[tokio::test]
async fn the_notice_names_who_else_gets_data_and_what_leaves_the_country_or_says_that_there_is_none() {
    let one = |name: &str, task, country: &str, safeguard: &str| SubProcessor {
        name: name.to_owned(),
        task,
        country: country.to_owned(),
        place: format!("{name}-ville"),
        safeguard: safeguard.to_owned(),
    };
    let nobody = house!();
    let (office, _) = nobody.practice().await;
    for (language, none, stays, leaves) in [
        ("fr", "Aucun : ce portail", "Espace économique européen", "ne quittent pas le Maroc"),
        ("ar", "لا أحد", "الفضاء الاقتصادي الأوروبي", "لا تغادر معطياتكم المغرب"),
        ("en", "None: this portal", "European Economic Area", "do not leave Morocco"),
    ] {
        let page = nobody.send("GET", &format!("{}/privacy", base(&office, language)), &[], "").await.body;
        assert!(page.contains(none) && page.contains(stays) && !page.contains(leaves), "{page}");
        let directives = if language == "en" { "directives" } else { "78-17" };
        assert!(page.contains(directives), "{page}");
    }
    under_moroccan_law(&nobody, &office).await;
    let page = nobody.send("GET", &format!("{}/privacy", base(&office, "fr")), &[], "").await.body;
    assert!(page.contains("ne quittent pas le Maroc") && page.contains("CNDP") && !page.contains("78-17"), "{page}");

    let all = vec![
        one("Hébergeur SARL", Task::Hosting, "FR", ""),
        one("Messages Inc", Task::TextMessages, "US", "clauses contractuelles types"),
    ];
    let some = house!(House::set_up(1.0, |config| config.sub_processors = all));
    let (office, _) = some.practice().await;
    let path = format!("{}/privacy", base(&office, "fr"));
    let transfers = |page: &str| {
        page.split("Transferts vers un autre pays").nth(1).unwrap().split("<h2>").next().unwrap().to_owned()
    };
    let page = some.send("GET", &path, &[], "").await.body;
    for said in ["Hébergeur SARL", "hébergement", "Messages Inc-ville", "envoi des SMS", "une copie des garanties"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let leaves = transfers(&page);
    assert!(leaves.contains("Messages Inc") && leaves.contains("clauses contractuelles types"), "{leaves}");
    assert!(!leaves.contains("Hébergeur SARL") && !page.contains("Aucun : "), "{leaves}");
    // Seen from Morocco, France is another country too.
    under_moroccan_law(&some, &office).await;
    let leaves = transfers(&some.send("GET", &path, &[], "").await.body);
    assert!(leaves.contains("Messages Inc") && leaves.contains("Hébergeur SARL"), "{leaves}");
    // Whoever is to sign an instruction learns it before.
    let about = some.send("GET", "/.well-known/semainier-portal", &[], "").await.json();
    assert_eq!(about["sub_processors"][1]["country"], "US");
}
