//! The grammar, text by text.

use super::*;

fn check(text: &str, camel: &str, snake: &str) {
    let parts = [Part::Text(text.to_owned())];
    assert_eq!(ident(&parts, Case::Camel, Symbols::Some), camel, "{text:?}");
    assert_eq!(ident(&parts, Case::Snake, Symbols::Some), snake, "{text:?}");
}

#[test]
fn the_grammar_holds() {
    check("campaign_status", "CampaignStatus", "campaign_status");
    check("stepID", "StepId", "step_id");
    check("Etc/GMT+12", "EtcGmtPlus12", "etc_gmt_plus_12");
    check("gpt-4", "Gpt4", "gpt_4");
    check("-1", "Minus1", "minus_1");
    check("value -99", "ValueMinus99", "value_minus_99");
    check(">=", "AtLeast", "at_least");
    check("~=", "AboutEq", "about_eq");
    check("≠", "U2260", "u2260");
    check("@type", "Type", "type");
    check("", "Empty", "empty");
    check(" ", "Blank", "blank");
    check("2fa", "N2fa", "n2fa");
    check("2FA", "N2fa", "n2fa");
    check("404NotFound", "N404NotFound", "n404_not_found");
    check("self", "Self_", "self_");
    check("naïve", "Naive", "naive");
    check("Custom IMAP/SMTP", "CustomImapSmtp", "custom_imap_smtp");
    check("all:read", "AllRead", "all_read");
    check("OAuthToken", "OauthToken", "oauth_token");
}

#[test]
fn symbols_are_said_as_far_as_asked() {
    let parts = [Part::Text("Etc/GMT-12".to_owned())];
    assert_eq!(ident(&parts, Case::Camel, Symbols::Some), "EtcGmt12");
    assert_eq!(ident(&parts, Case::Camel, Symbols::Signs), "EtcGmtMinus12");
    let parts = [Part::Text("@type".to_owned())];
    assert_eq!(ident(&parts, Case::Snake, Symbols::All), "at_type");
}

#[test]
fn parts_say_a_word_once() {
    let text = |text: &str| Part::Text(text.to_owned());
    let element = Part::Element("schedules".to_owned());
    let name = |parts: &[Part]| ident(parts, Case::Camel, Symbols::Some);
    assert_eq!(
        name(&[text("Campaign"), text("campaign_schedule")]),
        "CampaignSchedule"
    );
    assert_eq!(name(&[text("Campaign"), element]), "CampaignSchedule");
    assert_eq!(name(&[text("Status"), text("status")]), "StatusStatus");
}

#[test]
fn a_function_drops_the_words_of_its_tag() {
    let name = |text: &str, context: &str| {
        let part = Part::Within {
            text: text.to_owned(),
            context: context.to_owned(),
        };
        ident(&[part], Case::Snake, Symbols::Some)
    };
    assert_eq!(name("listCustomTagMapping", "CustomTagMapping"), "list");
    assert_eq!(
        name("getCampaignAnalyticsSteps", "Campaign"),
        "get_analytics_steps"
    );
    assert_eq!(
        name("enableWarmupForAccount", "Account"),
        "enable_warmup_for_account"
    );
    assert_eq!(name("listLeads", "Lead"), "list");
    assert_eq!(name("campaign", "Campaign"), "campaign");
    assert_eq!(
        name("getAnArtistsAlbums", "Artists"),
        "get_an_artists_albums"
    );
    assert_eq!(name("addTagToLeadById", "Lead"), "add_tag_to_lead_by_id");
}

#[test]
fn a_long_name_is_cut_and_stays_its_own() {
    let long = |end: &str| vec![Part::Text(format!("{}{end}", "word ".repeat(1_000)))];
    let name = |end: &str, case| ident(&long(end), case, Symbols::Some);
    for case in [Case::Camel, Case::Snake, Case::Shouty] {
        assert!(name("a", case).len() <= LONGEST, "{}", name("a", case));
        assert_ne!(name("a", case), name("b", case));
        assert_eq!(name("a", case), name("a", case));
    }
    assert!(name("a", Case::Snake).starts_with("word_word_"));
    assert!(name("a", Case::Camel).starts_with("WordWord"));
    let one_word = ident(&[Part::Text("x".repeat(5_000))], Case::Snake, Symbols::Some);
    assert!(one_word.len() <= LONGEST && one_word.starts_with("xxx"));
}
