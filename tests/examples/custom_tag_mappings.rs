//! Lists which accounts and campaigns carry which tag.

use instantly_client::models::TaggedResourceType;
use instantly_client::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::from_env()?; // the token in INSTANTLY_API_KEY

    let mut mappings = client.custom_tag_mapping().list().limit(100).stream();
    while let Some(mapping) = mappings.next().await {
        let mapping = mapping?;
        match mapping.resource_type {
            TaggedResourceType::Account => println!("account {}", mapping.resource_id),
            TaggedResourceType::Campaign => println!("campaign {}", mapping.resource_id),
            other => println!("{other} {}: newer than this client", mapping.resource_id),
        }
    }
    Ok(())
}
