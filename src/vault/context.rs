//! Who a record belongs to, what it is and which version: the associated data of every box, as canonical bytes.
//! It holds no secret, and it is always recomputed from the invocation; nothing here is read from a stored record.

/// Whose installation this is, from Forge's own context.
#[derive(Clone, Copy, Default)]
pub struct TenantContext<'a> {
    /// The site.
    pub cloud_id: &'a str,
    /// The installation of the app on it.
    pub installation_id: &'a str,
    /// The app's environment.
    pub environment_id: &'a str,
}

impl TenantContext<'_> {
    /// Canonical bytes for key derivation.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut Vec<u8>) {
        field(out, CLOUD, self.cloud_id.as_bytes());
        field(out, INSTALLATION, self.installation_id.as_bytes());
        field(out, ENVIRONMENT, self.environment_id.as_bytes());
    }
}

/// What is sealed: a record's class, key and version.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    /// The record class, a constant of the record catalogue ("provider").
    pub class: &'a str,
    /// The key it is stored under.
    pub key: &'a str,
    /// Its version, known from somewhere else than the sealed value, so that an old value cannot come back.
    pub version: u64,
}

/// What one box of an envelope is for.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    /// The record's data key under the tenant's key. Bound to the root version too.
    DataKey { root: u32 },
    /// The record's bytes under its data key. Not bound to the root, so that a new root re-wraps the data key alone.
    Payload,
}

/// Canonical associated data: each field as tag, length (u32, big-endian) and bytes, in this order.
///
/// INVARIANT: no two different inputs give the same bytes (every field carries its length).
pub(super) fn associated_data(suite: u8, purpose: Purpose, record: &Record<'_>, tenant: &TenantContext<'_>) -> Vec<u8> {
    let mut out = Vec::from(*super::envelope::MAGIC);
    out.push(suite);
    match purpose {
        Purpose::DataKey { root } => {
            field(&mut out, PURPOSE, b"data-key");
            field(&mut out, ROOT, &root.to_be_bytes());
        }
        Purpose::Payload => field(&mut out, PURPOSE, b"payload"),
    }
    tenant.write(&mut out);
    field(&mut out, CLASS, record.class.as_bytes());
    field(&mut out, KEY, record.key.as_bytes());
    field(&mut out, VERSION, &record.version.to_be_bytes());
    out
}

/// Appends one field. A field beyond 4 GiB cannot occur (wasm memory); its length would saturate, not wrap.
pub(super) fn field(out: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    out.push(tag);
    out.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend(bytes);
}

const PURPOSE: u8 = 1;
const CLOUD: u8 = 2;
const INSTALLATION: u8 = 3;
const ENVIRONMENT: u8 = 4;
const CLASS: u8 = 5;
const KEY: u8 = 6;
const VERSION: u8 = 7;
const ROOT: u8 = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_moved_from_one_field_to_the_next_gives_other_bytes() {
        let tenant = TenantContext { cloud_id: "ab", installation_id: "c", environment_id: "" };
        let moved = TenantContext { cloud_id: "a", installation_id: "bc", environment_id: "" };
        assert_ne!(tenant.bytes(), moved.bytes());
        let record = Record { class: "ab", key: "c", version: 1 };
        let other = Record { class: "a", key: "bc", version: 1 };
        let bytes = |record| associated_data(1, Purpose::Payload, record, &tenant);
        assert_ne!(bytes(&record), bytes(&other));
    }

    #[test]
    fn a_data_key_and_a_payload_never_share_associated_data() {
        let (tenant, record) = (TenantContext::default(), Record { class: "a", key: "b", version: 1 });
        let key = associated_data(1, Purpose::DataKey { root: 1 }, &record, &tenant);
        assert_ne!(key, associated_data(1, Purpose::Payload, &record, &tenant));
        assert_ne!(key, associated_data(1, Purpose::DataKey { root: 2 }, &record, &tenant));
    }
}
