//! A client as a module, made by a macro.

restwright_macro::client!(pub mod lamps = "../lamps.openapi.yaml" with mock);

/// How many of the lamps shine.
///
/// # Errors
/// A call fails, or its answer is none.
pub async fn shining(client: &lamps::Client) -> Result<usize, lamps::Error> {
    let mut shining = 0;
    let mut all = client.lamp().list().stream();
    while let Some(lamp) = all.next().await {
        shining += usize::from(lamp?.state == lamps::models::LampState::Lit);
    }
    Ok(shining)
}

#[cfg(test)]
mod tests {
    use super::{lamps, shining};
    use lamps::mock::{Mock, blank};
    use lamps::models::{Lamp, LampState};
    use lamps::operations::lamp::{GetLamp, ListLamps};

    fn lamp(id: i64, state: LampState) -> Result<Lamp, String> {
        let mut lamp: Lamp = blank()?;
        (lamp.id, lamp.state) = (id, state);
        Ok(lamp)
    }

    #[tokio::test]
    async fn lamps_are_counted() -> Result<(), Box<dyn std::error::Error>> {
        let mock = Mock::new()?;
        let (lit, dark) = (lamp(1, LampState::Lit)?, lamp(2, LampState::Dark)?);
        let (first, last) = (vec![lit.clone(), dark], vec![lit]);
        mock.expect_any::<ListLamps>()
            .answer_with(|page| (page.items, page.next) = (first, Some("2".to_owned())))
            .answer_with(|page| page.items = last);
        assert_eq!(shining(&mock.client()).await?, 2);
        Ok(mock.verify()?)
    }

    #[tokio::test]
    async fn examples_are_there() -> Result<(), Box<dyn std::error::Error>> {
        let mock = Mock::new()?;
        mock.expect_any::<GetLamp>().example();
        let lamp = mock.client().lamp().get(7).await?;
        assert_eq!(lamp.state, LampState::Lit);
        Ok(mock.verify()?)
    }
}
