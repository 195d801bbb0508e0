//! The demo city: made once in an empty data folder, entered by one click.

use demo::{City, DemoError, Ground};
use policy::library::Library;
use records::Moment;
use service::paper::Files;
use store::Store;
use web::Entrance;

/// Makes the city where there is nothing yet, and answers who of it may be entered.
///
/// # Errors
/// The data folder holds something that is no demo city.
pub async fn ready(
    store: &Store,
    files: &Files,
    library: &Library,
    now: Moment,
    random: fn(&mut [u8]),
) -> Result<Vec<Entrance>, DemoError> {
    let city = City::own()?;
    let ground = Ground { store, blobs: &files.blobs, library, random, now };
    if !demo::is_made(&ground).await? {
        println!("正在生成演示数据（约一分钟）……");
        demo::make(&ground, &city, &mut |step| println!("  {step}")).await?;
    }
    Ok(demo::people(&city).into_iter().map(|person| Entrance { account: person.account, label: person.label }).collect())
}
