//! The address that fills in a form of LinkedIn, *add to profile*. It is a plain link that the
//! holder follows or not: nothing is sent by us, and the holder's name is not in it.

use crate::model::Timestamp;
use crate::profile::CertificateView;
use url::form_urlencoded::Serializer;

const FORM: &str = "https://www.linkedin.com/profile/add";
/// Longest text that is put into an address, in characters.
const LONGEST: usize = 200;

/// The address for a certificate whose page is at `page`; `None` when the document has no title or
/// no issuer.
pub(super) fn address(view: &CertificateView, page: &str) -> Option<String> {
    let title = view.title.as_deref()?;
    let issuer = view.issuer.as_ref()?;
    let mut query = Serializer::new(String::new());
    query.append_pair("startTask", "CERTIFICATION_NAME");
    query.append_pair("name", &short(title));
    query.append_pair("organizationName", &short(&issuer.name));
    for (moment, year, month) in [
        (view.issued, "issueYear", "issueMonth"),
        (view.valid_until, "expirationYear", "expirationMonth"),
    ] {
        if let Some((y, m)) = moment.map(year_and_month) {
            query.append_pair(year, &y.to_string()).append_pair(month, &m.to_string());
        }
    }
    query.append_pair("certUrl", page);
    if let Some(number) = &view.certificate_number {
        query.append_pair("certId", &short(number));
    }
    Some(format!("{FORM}?{}", query.finish()))
}

/// As the certificate's page shows the date. Months count from 1.
fn year_and_month(moment: Timestamp) -> (i16, i8) {
    let (year, month, _) = moment.date().parts();
    (year, month)
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{HolderView, OrganisationView};

    fn view() -> CertificateView {
        CertificateView {
            title: Some("Élan & zorg".to_owned()),
            issuer: Some(OrganisationView { name: "Hogeschool".to_owned(), ..Default::default() }),
            holder: HolderView { name: Some("Voornaam".to_owned()), ..Default::default() },
            issued: "2026-12-31T23:59:59Z".parse().ok(),
            certificate_number: Some("N 1/2".to_owned()),
            ..Default::default()
        }
    }

    #[test]
    fn the_month_is_that_of_the_issue_and_counts_from_one() {
        let page = "https://h.example/credentials/x";
        assert_eq!(
            address(&view(), page).as_deref(),
            Some(
                "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME\
                 &name=%C3%89lan+%26+zorg&organizationName=Hogeschool&issueYear=2026&issueMonth=12\
                 &certUrl=https%3A%2F%2Fh.example%2Fcredentials%2Fx&certId=N+1%2F2"
            )
        );
        let ending = CertificateView { valid_until: "2031-01-01T00:00:00Z".parse().ok(), ..view() };
        let ending = address(&ending, page).expect("an address");
        assert!(ending.contains("&expirationYear=2031&expirationMonth=1&"), "{ending}");
        assert!(!ending.contains("Voornaam"), "the holder is not named");
    }

    #[test]
    fn a_document_without_title_or_issuer_has_none_and_long_texts_are_cut() {
        assert_eq!(address(&CertificateView { title: None, ..view() }, "p"), None);
        assert_eq!(address(&CertificateView { issuer: None, ..view() }, "p"), None);
        let long = CertificateView { title: Some("é".repeat(5000)), ..view() };
        assert!(address(&long, "p").expect("an address").len() < 2000);
    }
}
