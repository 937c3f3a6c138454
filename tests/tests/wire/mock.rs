//! The mock of a generated client, as a user's tests have it.

use instantly_client::mock::{Mock, blank};
use instantly_client::models::{CreateCustomTagRequest, ErrorBody, ListCustomTagResponse};
use instantly_client::operations::custom_tag::ListCustomTag;
use instantly_client::{Client, Error, StatusCode};

use crate::{ID, Outcome};

/// The code to test: makes sure that there is a tag, and gives its id.
async fn tag(client: &Client, label: &str) -> Result<String, Error> {
    let mut tags = client.custom_tag().list().limit(2).stream();
    while let Some(tag) = tags.next().await {
        let tag = tag?;
        if tag.label == label {
            return Ok(tag.id.to_string());
        }
    }
    let new = CreateCustomTagRequest::builder().label(label);
    Ok(client.custom_tag().create(new).await?.id.to_string())
}

fn page(labels: &[&str], next: Option<&str>) -> Result<ListCustomTagResponse, String> {
    let mut page: ListCustomTagResponse = blank()?;
    for label in labels {
        let mut tag: instantly_client::models::CustomTag = blank()?;
        tag.label = (*label).to_owned();
        page.items.push(tag);
    }
    page.next_starting_after = next.map(str::to_owned);
    Ok(page)
}

#[tokio::test]
async fn a_tag_on_the_second_page_is_found() -> Outcome {
    let mock = Mock::new()?;
    let api = mock.client();
    mock.expect(api.custom_tag().list().limit(2))
        .answer(page(&["a", "b"], Some("after b"))?);
    mock.expect(api.custom_tag().list().starting_after("after b"))
        .answer_with(|page| {
            page.items.extend(blank());
            page.items[0].id = ID.into();
            page.items[0].label = "warm".to_owned();
        });
    assert_eq!(tag(&api, "warm").await?, ID);
    Ok(mock.verify()?)
}

#[tokio::test]
async fn a_tag_that_is_not_there_is_made() -> Outcome {
    let mock = Mock::new()?;
    let api = mock.client();
    mock.expect_any::<ListCustomTag>().answer(page(&[], None)?);
    let new = CreateCustomTagRequest::builder().label("warm");
    mock.expect(api.custom_tag().create(new))
        .answer_with(|tag| tag.id = ID.into());
    assert_eq!(tag(&api, "warm").await?, ID);
    let received = mock.received();
    assert_eq!(received[1].json::<CreateCustomTagRequest>()?.label, "warm");
    Ok(mock.verify()?)
}

#[tokio::test]
async fn what_is_not_expected_is_told_with_what_was() -> Outcome {
    let mock = Mock::new()?;
    let api = mock.client();
    mock.expect_any::<ListCustomTag>().answer(page(&[], None)?);
    let new = CreateCustomTagRequest::builder().label("warm");
    mock.expect(api.custom_tag().create(new))
        .answer_with(|_| {});
    let error = tag(&api, "cold")
        .await
        .expect_err("another label is expected");
    assert_eq!(
        error.to_string(),
        "createCustomTag (POST): nothing sent: the mock does not expect createCustomTag (POST \
         /api/v2/custom-tags): the nearest is createCustomTag (POST /api/v2/custom-tags): the body's \
         /label is `\"cold\"`, expected `\"warm\"`"
    );
    let unmet = mock.verify().expect_err("it has not come").to_string();
    let lines: Vec<&str> = unmet.lines().collect();
    assert_eq!(lines.len(), 3, "{unmet}");
    assert_eq!(
        lines[1],
        "- createCustomTag (POST /api/v2/custom-tags): expected once, came never"
    );
    Ok(())
}

#[tokio::test]
async fn failures_are_typed() -> Outcome {
    let mock = Mock::new()?;
    let api = mock.client();
    let mut fault: ErrorBody = blank()?;
    fault.message = Some("no such key".to_owned());
    mock.expect_any::<ListCustomTag>()
        .answer_status(401, &fault);
    let error = tag(&api, "warm").await.expect_err("the key is wrong");
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!(error.api().and_then(|error| error.typed()), Some(fault));
    Ok(mock.verify()?)
}

#[tokio::test]
async fn an_example_is_an_answer() -> Outcome {
    let mock = Mock::new()?;
    let api = mock.client();
    mock.expect_any::<ListCustomTag>().example();
    let page = api.custom_tag().list().await?;
    assert_eq!(page.items.len(), 1);
    let new = CreateCustomTagRequest::builder().label("warm");
    mock.expect(api.custom_tag().create(new.clone())).example();
    assert!(
        !api.custom_tag()
            .create(new)
            .await?
            .id
            .to_string()
            .is_empty()
    );
    Ok(mock.verify()?)
}
