//! Planted values: made here, shown once, kept as a keyed fingerprint. An admin puts one where it must never leave from.
//! Whether one is in a request is the gate's to see.

use super::admin::{act, admitted};
use crate::flow::admin::admit;
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::policy::masking::{CANARY, CANARY_LENGTH};
use crate::protocol::view::{MaskingAdmin, PlantedCanary};
use crate::protocol::{Fault, Refusal};
use crate::record::{Canary, Change, ChangeAct};
use crate::vault::{Entropy, HostEntropy};

/// Makes a value and gives it out, once.
pub(crate) async fn plant(session: &Session, label: &str) -> Result<MaskingAdmin, Stop> {
    admit(session).await?;
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = label.chars().count();
    if length == 0 || length > LONGEST || label.chars().any(char::is_control) {
        return Err(bad_field("label"));
    }
    let value = made()?;
    let fingerprint = session.canary_fingerprint(&value);
    let (view, id) = admitted(session, |policy, by| {
        if policy.canaries.len() >= MOST {
            return Err(Refusal::TooLarge.into());
        }
        let id = policy.number();
        policy.canaries.push(Canary {
            id: id.clone(),
            label: label.clone(),
            fingerprint: fingerprint.clone(),
            planted_at: by.now,
            by: by.who.clone(),
        });
        policy.note(Change { of: Some(label.clone()), ..by.did(ChangeAct::CanaryPlanted) });
        Ok(id)
    })
    .await?;
    Ok(MaskingAdmin { planted: Some(PlantedCanary { id, value }), ..view })
}

/// Forgets a value. One that is gone already is gone.
pub(crate) async fn remove(session: &Session, id: &str) -> Result<MaskingAdmin, Stop> {
    act(session, |policy, by| {
        if let Some(at) = policy.canaries.iter().position(|canary| canary.id == id) {
            let canary = policy.canaries.remove(at);
            policy.note(Change { of: Some(canary.label), ..by.did(ChangeAct::CanaryRemoved) });
        }
        Ok(())
    })
    .await
}

/// A value nobody can guess, in letters and digits that no markup touches.
fn made() -> Result<String, Stop> {
    let mut bytes = [0; CANARY_LENGTH];
    HostEntropy.fill(&mut bytes).map_err(|_| Fault::Internal)?;
    let letters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32)).copied().map(char::from));
    Ok(std::iter::once(CANARY.to_owned()).chain(letters.map(String::from)).collect())
}

/// RFC 4648 §6 in lower case; 256 is a multiple of its 32 letters, so that each is as likely.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Characters of a label.
const LONGEST: usize = 80;
/// Planted values at a time.
const MOST: usize = 50;
